import { getAppContext } from '@forge/api';

/** Kept back from Forge's limit for what follows the last call: writing the ledger and answering. */
const RESERVE_MS = 2_500;

/** When Forge ends this invocation (milliseconds since the epoch): after 25 s for a resolver. */
export function invocationEndMs(): number {
  return Date.now() + getAppContext().invocationRemainingTimeInMillis();
}

/**
 * When calls to Shorter Loop must have ended (milliseconds since the epoch), so that this invocation
 * can still record what happened before Forge ends it.
 * @see https://developer.atlassian.com/platform/forge/platform-quotas-and-limits/
 */
export function upstreamDeadlineMs(): number {
  return invocationEndMs() - RESERVE_MS;
}
