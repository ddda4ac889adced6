import { isAccepted, type HistoryEntry, type Outcome } from '@contract';
import type { StatusTone } from '../shared/tone';
import { t } from '../i18n';

/** The outcome of a ledger entry about one member; null when the write never came to an end. */
export function outcomeOf(entry: HistoryEntry): Outcome | null {
  if (entry.state === 'intended') return null;
  return entry.members[0]?.outcome ?? 'unknown';
}

const TONES: Record<Outcome, StatusTone> = {
  confirmed: 'success',
  notConfirmed: 'warning',
  refused: 'danger',
  unknown: 'warning',
};

/** What became of a ledger entry, in a word; one that is not settled has no outcome for good yet. */
export function statusOf(entry: HistoryEntry): { readonly tone: StatusTone; readonly text: string } {
  const outcome = outcomeOf(entry);
  if (outcome === null) return { tone: 'neutral', text: t('panel.row.notFinished') };
  if (entry.state === 'undecided')
    return { tone: 'neutral', text: t(isAccepted(entry) ? 'panel.row.notVisible' : 'panel.row.notSettled') };
  return { tone: TONES[outcome], text: t(`panel.row.outcome.${outcome}`) };
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
