import type { LedgerEntry, WriteKind } from '../../contract';
import type { QueuedWhy } from './perform';
import type { RuleChange } from './ruleChange';

const DONE: Readonly<Record<WriteKind, string>> = {
  move: 'The reporter was moved. This was verified in Shorter Loop.',
  remove: 'The reporter was removed. This was verified in Shorter Loop.',
  add: 'The reporter was added. This was verified in Shorter Loop.',
};
const OTHERS_TOO =
  'Other members or segments were changed beside it: a Jira admin can see them under ' +
  'Jira settings → Apps → Shorter Loop segments, Ledger.';
const GOES_ON = 'the change is queued and will be made automatically. The ledger will show its outcome.';
const LOOKS_AGAIN = 'The app looks again automatically, and the ledger will show the outcome.';

/** What was done and seen to be, as the outputs of an action tell it. */
export function confirmedSentence({ kind, strays }: LedgerEntry): string {
  return strays === null ? DONE[kind] : `${DONE[kind]} ${OTHERS_TOO}`;
}

/** That there was nothing to do. */
export function alreadyThereSentence({ kind }: RuleChange): string {
  return kind === 'remove'
    ? 'The reporter was not in that segment, so nothing was changed.'
    : 'The reporter was already in that segment, so nothing was changed.';
}

/** Why a change is not at its end yet, and that nobody has to do anything about it. */
export function queuedSentence(why: QueuedWhy): string {
  switch (why) {
    case 'earlier':
      return `Earlier changes of this reporter come first: ${GOES_ON}`;
    case 'memberBusy':
      return `Another change of this member is not finished yet: ${GOES_ON}`;
    case 'askedToWait':
      return `Shorter Loop asked us to wait: ${GOES_ON}`;
    case 'away':
      return `Shorter Loop could not be reached, or has a problem: ${GOES_ON}`;
    case 'accepted':
      return `Shorter Loop has accepted the change and does not show it yet. ${LOOKS_AGAIN}`;
    case 'unanswered':
      return `The change was sent, and it is not known yet what became of it. ${LOOKS_AGAIN}`;
  }
}
