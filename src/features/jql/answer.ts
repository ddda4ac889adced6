import { clauseOf, fragmentOf, type Fragment, type FunctionCall } from './fragment';
import type { JqlSource, NoSource } from './people';

/** So much of what was typed is repeated. */
const MAX_REPEATED = 60;

/** What everybody is told while the function is off, whatever they ask. */
export const SWITCHED_OFF: Fragment = {
  error:
    'reporterInSegment is switched off on this site. ' +
    'A Jira admin can switch it on under Jira settings → Apps → Shorter Loop segments, Access.',
};

/** What a call is told that does not name one segment. */
export const ONE_SEGMENT: Fragment = {
  error: 'reporterInSegment takes one segment: reporter in reporterInSegment("Beta testers").',
};

/** What a search is told that comes after too many others; the next update puts the answer in its place. */
export const TOO_MANY: Fragment = {
  error: 'Too many new searches use reporterInSegment just now. This one is answered within about five minutes.',
};

/** Why nothing can be told of any segment now. */
export function unavailable(why: NoSource): Fragment {
  return {
    error:
      why === 'notConfigured'
        ? 'Shorter Loop is not connected to this site yet.'
        : 'The app is still reading who is in which segment. Try again in a few minutes.',
  };
}

/**
 * The answer to one call, the first time and whenever it is brought up to date. A segment that there is not and one of
 * which nothing is told are answered by the same words: whoever guesses names learns nothing from them.
 */
export async function answerOf(source: JqlSource, call: FunctionCall): Promise<Fragment> {
  const clause = clauseOf(call);
  if (clause === null) return ONE_SEGMENT;
  const people = await source.peopleOf(clause.segment);
  if (people !== null) return fragmentOf(clause, people, source.scope);
  const given = Array.from(clause.segment.replace(/\p{C}/gu, ' ').trim()).slice(0, MAX_REPEATED).join('');
  return { error: `reporterInSegment can tell nothing of “${given}”. Give a segment’s exact name, or its id.` };
}
