import Button from '@atlaskit/button/new';
import type { ApiClientView } from '@contract';
import { Time } from '../../shared/Time';
import { list, t } from '../../i18n';

type ApiClientRowProps = {
  readonly apiClient: ApiClientView;
  /** Who created it, in words. */
  readonly createdBy: string;
  readonly onRevoke: () => void;
};

/** One API client: what it may do, who created it, and when it was last used. */
export function ApiClientRow({ apiClient, createdBy, onRevoke }: ApiClientRowProps) {
  return (
    <li className="caller">
      <div className="grow">
        <p>{apiClient.name}</p>
        <p className="subtle small">
          {list(apiClient.acts.map((act) => t(`admin.apiClients.acts.${act}`)))}
          {t('common.separator')}
          {createdBy}
          {t('common.separator')}
          {apiClient.lastUsedAtMs === null ? (
            t('admin.apiClients.neverUsed')
          ) : (
            <>
              {t('admin.apiClients.lastUsed')} <Time atMs={apiClient.lastUsedAtMs} />
            </>
          )}
        </p>
      </div>
      <Button
        appearance="subtle"
        spacing="compact"
        aria-label={t('admin.apiClients.revokeOf', { caller: apiClient.name })}
        onClick={onRevoke}
      >
        {t('admin.apiClients.revoke')}
      </Button>
    </li>
  );
}
