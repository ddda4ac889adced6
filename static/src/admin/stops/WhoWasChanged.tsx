import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import { t } from '../../i18n';
import { ChangedPeople, isSomebodyMissing } from './ChangedPeople';
import { useChanged } from './useChanged';

/** By the ledger's row of a write: who was changed beside it, once somebody asks, and the way to put them back. */
export function WhoWasChanged({ operationId }: { readonly operationId: string }) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <div>
        <Button spacing="compact" aria-expanded={isOpen} aria-controls={id} onClick={() => setIsOpen(!isOpen)}>
          {t(isOpen ? 'admin.stops.hideWho' : 'admin.stops.showWho')}
        </Button>
      </div>
      <div id={id}>{isOpen && <PutBack operationId={operationId} />}</div>
    </>
  );
}

function PutBack({ operationId }: { readonly operationId: string }) {
  const changed = useChanged(operationId);
  return (
    <>
      <ChangedPeople changed={changed} />
      {isSomebodyMissing(changed) && (
        <div>
          <Button
            appearance="primary"
            spacing="compact"
            isLoading={changed.isRunning}
            onClick={() => void changed.putBack()}
          >
            {t('admin.stops.putBack')}
          </Button>
        </div>
      )}
    </>
  );
}
