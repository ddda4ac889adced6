import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { ApiClientView } from '@contract';
import { useActorNames } from '../../shared/actorNames';
import { Dialog } from '../../shared/Dialog';
import { t } from '../../i18n';
import { ApiClientRow } from './ApiClientRow';

type ApiClientListProps = {
  readonly apiClients: readonly ApiClientView[];
  readonly onRevoke: (id: string) => Promise<void>;
};

/** The API clients there are, each with what it may do and a way to take it away. */
export function ApiClientList({ apiClients, onRevoke }: ApiClientListProps) {
  const names = useActorNames(
    apiClients.map(({ createdByAccountId }) => createdByAccountId),
    null,
  );
  const [revoking, setRevoking] = useState<ApiClientView | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  if (apiClients.length === 0) return <p className="subtle">{t('admin.apiClients.none')}</p>;
  const close = () => setRevoking(null);
  return (
    <>
      <ul className="callers" aria-label={t('admin.apiClients.title')}>
        {apiClients.map((apiClient) => (
          <ApiClientRow
            key={apiClient.id}
            apiClient={apiClient}
            createdBy={names(apiClient.createdByAccountId, 'by')}
            onRevoke={() => setRevoking(apiClient)}
          />
        ))}
      </ul>
      {revoking !== null && (
        <Dialog title={t('admin.apiClients.revokeTitle', { caller: revoking.name })} isBusy={isBusy} onCancel={close}>
          <p>{t('admin.apiClients.revokeExplain')}</p>
          <div className="dialog-actions">
            <Button appearance="subtle" isDisabled={isBusy} onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button
              appearance="danger"
              isLoading={isBusy}
              onClick={() => {
                setIsBusy(true);
                void onRevoke(revoking.id).then(() => {
                  setIsBusy(false);
                  close();
                });
              }}
            >
              {t('admin.apiClients.revoke')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
