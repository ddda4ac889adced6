import type { HistoryEntry, Outcome } from '@contract';
import { t } from '../i18n';

/** The outcome of a ledger entry about one member; null when the write never came to an end. */
export function outcomeOf(entry: HistoryEntry): Outcome | null {
  if (entry.state === 'intended') return null;
  return entry.members[0]?.outcome ?? 'unknown';
}

/** A ledger entry in words: "Moved …" only when that is confirmed, and "Move …" for everything else. */
export function rowText(entry: HistoryEntry): string {
  const isConfirmed = outcomeOf(entry) === 'confirmed';
  switch (entry.kind) {
    case 'add':
      return isConfirmed ? t('panel.row.added', { to: entry.to.name }) : t('panel.row.add', { to: entry.to.name });
    case 'remove':
      return isConfirmed
        ? t('panel.row.removed', { from: entry.from.name })
        : t('panel.row.remove', { from: entry.from.name });
    case 'move': {
      const { from, to, undoes } = entry;
      if (undoes !== null)
        return isConfirmed
          ? t('panel.row.movedBack', { from: from.name, to: to.name })
          : t('panel.row.moveBack', { from: from.name, to: to.name });
      return isConfirmed
        ? t('panel.row.moved', { from: from.name, to: to.name })
        : t('panel.row.move', { from: from.name, to: to.name });
    }
  }
}
