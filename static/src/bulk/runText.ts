import type { ListedRun, RunView } from '@contract';
import { list, number, t } from '../i18n';
import type { StatusTone } from '../shared/tone';
import type { Reading } from './useReading';

const MINUTE_MS = 60_000;

/** What a run does, in a sentence. */
export function actText({ act, source }: ListedRun): string {
  if (act.kind === 'add') return t('bulk.actText.add', { to: act.to.name });
  if (source.kind === 'undo' && act.kind === 'move') return t('bulk.actText.undo');
  const from =
    act.from === null
      ? t('bulk.actText.any')
      : list(
          act.from.map(({ name }) => name),
          'or',
        );
  return act.kind === 'move' ? t('bulk.actText.move', { from, to: act.to.name }) : t('bulk.actText.remove', { from });
}

/**
 * Whom a run is about.
 * @param reading what this tab knows of it: the query as it was typed, of which a run keeps no value
 */
export function sourceText({ source }: ListedRun, reading: Reading | null = null): string {
  if (source.kind !== 'jql') return t(`bulk.source.${source.kind}`);
  return t('bulk.source.jql', { jql: reading?.kind === 'jql' ? reading.jql : source.jql });
}

/** The colour of a run's state. */
export function stateTone({ state }: ListedRun): StatusTone {
  switch (state) {
    case 'finished':
      return 'success';
    case 'paused':
      return 'warning';
    case 'cancelled':
    case 'reading':
    case 'ready':
    case 'running':
      return 'neutral';
  }
}

/** How many people a run came to a result for. */
export function doneOf({ results }: RunView): number {
  return Object.values(results).reduce((total, count) => total + count, 0);
}

/** How many people a run has read, whatever it says of them. */
export function peopleOf({ verdicts }: RunView): number {
  return Object.values(verdicts).reduce((total, count) => total + count, 0);
}

/** How fast a run is, in people a minute; null where that is not known. */
function perMinute(run: RunView): number | null {
  const { earlier, changedAtMs } = run;
  if (run.state !== 'running' || earlier === null || changedAtMs <= earlier.atMs) return null;
  const rate = ((doneOf(run) - earlier.done) * MINUTE_MS) / (changedAtMs - earlier.atMs);
  return rate > 0 ? Math.round(rate) : null;
}

/** "1,200 a minute · about 5 minutes left"; '' where that is not known. */
export function rateText(run: RunView): string {
  const rate = perMinute(run);
  if (rate === null || rate === 0) return '';
  const minutes = (run.verdicts.willWrite - doneOf(run)) / rate;
  return [t('bulk.progress.rate', { perMinute: rate }), t('bulk.progress.left', { time: timeLeft(minutes) })].join(
    t('common.separator'),
  );
}

function timeLeft(minutes: number): string {
  if (minutes < 1) return t('bulk.progress.moment');
  return minutes < 90
    ? t('bulk.progress.minutes', { count: Math.round(minutes) })
    : t('bulk.progress.hours', { count: Math.round(minutes / 60) });
}

/** A count as the page's language writes it. */
export const countText = (count: number): string => number(count);
