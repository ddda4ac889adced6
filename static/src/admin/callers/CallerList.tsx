import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { HookView } from '../../../../src/contract';
import { useActorNames } from '../../shared/actorNames';
import { Dialog } from '../../shared/Dialog';
import { Time } from '../../shared/Time';
import { texts } from '../../texts';

type CallerListProps = { readonly hooks: readonly HookView[]; readonly onRevoke: (id: string) => Promise<void> };

/** The callers there are, each with what it may do and a way to take it away. */
export function CallerList({ hooks, onRevoke }: CallerListProps) {
  const words = texts.admin.hooks;
  const names = useActorNames(hooks.map(({ createdByAccountId }) => createdByAccountId), null);
  const [revoking, setRevoking] = useState<HookView | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  if (hooks.length === 0) return <p className="subtle">{words.none}</p>;
  const close = () => setRevoking(null);
  return (
    <>
      <ul className="callers" aria-label={words.title}>
        {hooks.map((hook) => (
          <li key={hook.id} className="caller">
            <div className="grow">
              <p>{hook.name}</p>
              <p className="subtle small">
                {hook.acts.map((act) => words.acts[act]).join(', ')}
                {texts.common.separator}
                {texts.people.by(names(hook.createdByAccountId))}
                {texts.common.separator}
                {hook.lastUsedAtMs === null ? words.neverUsed : (
                  <>
                    {words.lastUsed} <Time atMs={hook.lastUsedAtMs} />
                  </>
                )}
              </p>
            </div>
            <Button appearance="subtle" spacing="compact" aria-label={words.revokeOf(hook.name)} onClick={() => setRevoking(hook)}>
              {words.revoke}
            </Button>
          </li>
        ))}
      </ul>
      {revoking !== null && (
        <Dialog title={words.revokeTitle(revoking.name)} isBusy={isBusy} onCancel={close}>
          <p>{words.revokeExplain}</p>
          <div className="dialog-actions">
            <Button appearance="subtle" isDisabled={isBusy} onClick={close}>
              {texts.common.cancel}
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
              {words.revoke}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
