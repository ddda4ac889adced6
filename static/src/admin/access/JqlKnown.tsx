import { sumsOf, type SyncView } from '@contract';
import { t } from '../../i18n';
import { knownText } from '../../shared/knownText';
import { useLoaded } from '../../shared/useLoaded';
import { invoke } from '../api';
import { shareRead } from '../people/sync/syncNumbers';

const load = () => invoke('admin.sync');

/** How many reporters the function can find: only who is linked is in a segment for it. */
export function JqlKnown() {
  const { state } = useLoaded<SyncView>(load);
  // The setting is of use without; the People tab has the numbers in any case.
  if (state.phase !== 'open') return null;
  const { counts, progress } = state.value;
  const sums = sumsOf(counts);
  const summary = {
    phase: progress.phase,
    share: shareRead(progress),
    reporters: sums.people.reporters,
    linked: sums.linked.reporters,
    marked: sums.marked.reporters,
    certain: sums.certain.reporters,
    review: sums.review.reporters,
    leftOut: sums.leftOut.reporters,
    mayReview: true,
  };
  return <p className="subtle">{[...knownText(summary), t('admin.access.jql.onlyLinked')].join(' ')}</p>;
}
