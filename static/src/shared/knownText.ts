import type { SyncSummary } from '@contract';
import { t } from '../i18n';

/** How many of the site's reporters are known, how far the app is, and why the others are not: a sentence each. */
export function knownText({
  phase,
  share,
  reporters,
  linked,
  marked,
  certain,
  review,
  leftOut,
}: SyncSummary): string[] {
  return [
    ...(reporters === 0 ? [] : [t('people.known.linked', { linked, reporters })]),
    ...(phase === 'done' ? [] : [phaseText(phase, share)]),
    ...(certain === 0 ? [] : [t('people.known.certain', { count: certain })]),
    ...(review === 0 ? [] : [t('people.known.review', { count: review })]),
    ...(marked === 0 ? [] : [t('people.known.marked', { count: marked })]),
    ...(leftOut === 0 ? [] : [t('people.known.leftOut', { count: leftOut })]),
  ];
}

function phaseText(phase: Exclude<SyncSummary['phase'], 'done'>, share: number | null): string {
  if (phase === 'waiting' || share === null) return t(`people.known.${phase}`);
  return t(`people.known.${phase}Share`, { share });
}
