import { showFlag } from '@forge/bridge';
import type { WriteResult } from '@contract';
import { t } from '../i18n';

type Told = {
  readonly entry: WriteResult['entry'];
  /** The result as a sentence. */
  readonly description: string;
  /** Takes it back; null where that is not possible. */
  readonly undo: (() => void) | null;
};

/** Tells what was confirmed in the product's own flag, with the way back. */
export function flagWrite({ entry, description, undo }: Told): void {
  const flag = showFlag({
    id: `segments-${entry.operationId}`,
    type: 'success',
    title: titleOf(entry),
    description,
    isAutoDismiss: true,
    actions:
      undo === null
        ? []
        : [
            {
              text: t('panel.undo.button'),
              onClick: () => {
                void flag.close();
                undo();
              },
            },
          ],
  });
}

/** Tells in the product's own flag what became of adding somebody by their address. */
export function flagInvite(to: string, description: string): void {
  showFlag({
    id: `segments-invite-${Date.now()}`,
    type: 'success',
    title: t('panel.flag.added', { to }),
    description,
    isAutoDismiss: true,
    actions: [],
  });
}

function titleOf(entry: WriteResult['entry']): string {
  switch (entry.kind) {
    case 'move':
      return t(entry.undoes === null ? 'panel.flag.moved' : 'panel.flag.movedBack', { to: entry.to.name });
    case 'add':
      return t('panel.flag.added', { to: entry.to.name });
    case 'remove':
      return t('panel.flag.removed', { from: entry.from.name });
  }
}
