import type { AnswerClaim, LedgerEntry, ShorterLoopCause } from '../../contract';

/** Causes by which nobody knows whether the request arrived. */
const SILENT: readonly ShorterLoopCause[] = ['server', 'network', 'timeout'];

/** What the answer to a write said of it, by its row. One whose process died before it heard any is silent. */
export function answerClaimOf({ answer }: Pick<LedgerEntry, 'answer'>): AnswerClaim {
  if (answer === null) return 'silent';
  const { status, cause } = answer;
  if (cause !== null) return SILENT.includes(cause) ? 'silent' : 'refused';
  return status !== null && status >= 200 && status <= 299 ? 'accepted' : 'silent';
}
