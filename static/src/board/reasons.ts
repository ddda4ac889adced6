import { t, type Key } from '../i18n';
import { problemText } from '../shared/problemText';
import type { Shortfall } from './state';

/** Those of a decision who fell short for one reason. */
export type Reason = { readonly text: string; readonly short: readonly Shortfall[] };

/** Who fell short, by reason, in the order in which the reasons came. */
export function reasonsOf(short: readonly Shortfall[]): Reason[] {
  const byText = new Map<string, Shortfall[]>();
  for (const one of short) byText.set(textOf(one), [...(byText.get(textOf(one)) ?? []), one]);
  return [...byText].map(([text, some]) => ({ text, short: some }));
}

/** Whether it makes sense to ask once more under the same operation: nothing was recorded, or nothing is known yet. */
export function canAskAgain({ result }: Shortfall): boolean {
  return (
    result === null ||
    result.kind === 'leaseHeld' ||
    result.kind === 'underWay' ||
    (result.kind === 'written' && result.outcome === 'unknown')
  );
}

/** Whether a write may have been done all the same. */
export function isUnknown({ result, problem }: Shortfall): boolean {
  if (result === null) return problem?.code === 'noAnswer';
  return result.kind === 'underWay' || (result.kind === 'written' && result.outcome === 'unknown');
}

/** Whether Shorter Loop has accepted a write that it does not show yet. */
export function isAcceptedOnly({ result }: Shortfall): boolean {
  return result?.kind === 'underWay' && result.isAccepted;
}

function textOf({ pending, result, problem }: Shortfall): string {
  if (result?.kind === 'refused')
    return `${t(keyOf(result))} ${problemText(result.problem, { act: 'others', place: 'project' }).cause}`;
  if (result !== null) return t(keyOf(result));
  if (problem === null) return t('board.report.reasons.notDone');
  if (problem.code === 'noAnswer') return t('board.report.reasons.noAnswer');
  const { title, cause } = problemText(problem, { act: pending.kind, place: 'project' });
  return `${title}. ${cause}`;
}

function keyOf(result: NonNullable<Shortfall['result']>): Key {
  switch (result.kind) {
    case 'leaseHeld':
      return 'board.report.reasons.leaseHeld';
    case 'underWay':
      return result.isAccepted ? 'board.report.reasons.accepted' : 'board.report.reasons.underWay';
    case 'written':
      return result.reason === 'readBackAgrees'
        ? 'board.report.reasons.changed'
        : `board.report.reasons.${result.reason}`;
    case 'stale':
      return result.reason === 'reporterChanged' || result.reason === 'linkChanged'
        ? 'board.report.reasons.changed'
        : `board.report.reasons.${result.reason}`;
    case 'refused':
      return 'board.report.reasons.refused';
  }
}
