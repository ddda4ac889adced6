import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { HookView } from '@contract';
import { useActorNames } from '../../shared/actorNames';
import { Dialog } from '../../shared/Dialog';
import { Time } from '../../shared/Time';
import { list, t } from '../../i18n';

type CallerListProps = { readonly hooks: readonly HookView[]; readonly onRevoke: (id: string) => Promise<void> };

/** The callers there are, each with what it may do and a way to take it away. */
export function CallerList({ hooks, onRevoke }: CallerListProps) {
  const names = useActorNames(
    hooks.map(({ createdByAccountId }) => createdByAccountId),
    null,
  );
  const [revoking, setRevoking] = useState<HookView | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  if (hooks.length === 0) return <p className="subtle">{t('admin.callers.none')}</p>;
  const close = () => setRevoking(null);
  return (
    <>
      <ul className="callers" aria-label={t('admin.callers.title')}>
        {hooks.map((hook) => (
          <li key={hook.id} className="caller">
            <div className="grow">
              <p>{hook.name}</p>
              <p className="subtle small">
                {list(hook.acts.map((act) => t(`admin.callers.acts.${act}`)))}
                {t('common.separator')}
                {names(hook.createdByAccountId, 'by')}
                {t('common.separator')}
                {hook.lastUsedAtMs === null ? (
                  t('admin.callers.neverUsed')
                ) : (
                  <>
                    {t('admin.callers.lastUsed')} <Time atMs={hook.lastUsedAtMs} />
                  </>
                )}
              </p>
            </div>
            <Button
              appearance="subtle"
              spacing="compact"
              aria-label={t('admin.callers.revokeOf', { caller: hook.name })}
              onClick={() => setRevoking(hook)}
            >
              {t('admin.callers.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      {revoking !== null && (
        <Dialog title={t('admin.callers.revokeTitle', { caller: revoking.name })} isBusy={isBusy} onCancel={close}>
          <p>{t('admin.callers.revokeExplain')}</p>
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
              {t('admin.callers.revoke')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
