import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { DismissChangesInput } from '@contract';
import { Dialog } from '../../shared/Dialog';
import { SelectField } from '../../shared/SelectField';
import { t } from '../../i18n';
import { ALL, type ChangeActions } from './useHealth';

/** Which changes may be dismissed at once. */
export type DismissOption = { readonly id: string; readonly text: string; readonly input: DismissChangesInput };

type DismissAllProps = {
  readonly question: string;
  /** What dismissing means for them. */
  readonly explain: string;
  /** The first one is chosen until another is. */
  readonly options: readonly DismissOption[];
  readonly actions: ChangeActions;
};

/** Dismisses many changes, after a question: there is no way back. */
export function DismissAll({ question, explain, options, actions }: DismissAllProps) {
  const [isAsking, setAsking] = useState(false);
  const [chosen, setChosen] = useState('');
  const option = options.find(({ id }) => id === chosen) ?? options[0];
  const isBusy = actions.running === ALL;
  const dismiss = async () => {
    if (option !== undefined) await actions.dismissAll(option.input);
    setAsking(false);
  };
  return (
    <div>
      <Button isDisabled={actions.running !== null} onClick={() => setAsking(true)}>
        {t('admin.health.dismissAll.open')}
      </Button>
      {isAsking && option !== undefined && (
        <Dialog title={question} isBusy={isBusy} onCancel={() => setAsking(false)}>
          <p>{explain}</p>
          {options.length > 2 && (
            <SelectField
              label={t('admin.health.dismissAll.which')}
              value={option.id}
              values={options.map(({ id }) => id)}
              textOf={(id) => options.find((one) => one.id === id)?.text ?? id}
              isDisabled={isBusy}
              onChange={setChosen}
            />
          )}
          <div className="dialog-actions">
            <Button appearance="subtle" isDisabled={isBusy} onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
            <Button appearance="danger" isLoading={isBusy} onClick={() => void dismiss()}>
              {t('admin.health.dismissAll.open')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
