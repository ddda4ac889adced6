import { ERROR_PAGE, failed, http, type HttpAnswer } from './envelope';
import type { Fault } from './faults';
import type { SimulatedAnswer } from './types';

/** How a request can be done: now, or so many milliseconds later with its answer lost. */
export type Doing = { readonly now: () => HttpAnswer; readonly later: (afterMs: number) => void };

/**
 * Plays the faults of one request. Delays add up; of the faults that change the answer, the first one counts.
 * @param honest does what was asked and answers it; done at most once, and not at all when a fault says that
 * nothing was done
 * @param isWrite whether an unapplied fault must keep the request from being done
 */
export function applyFaults(faults: readonly Fault[], isWrite: boolean, honest: Doing): SimulatedAnswer {
  const delayMs = faults.reduce((sum, fault) => sum + (fault.kind === 'latency' ? fault.ms : 0), 0);
  for (const fault of faults) {
    const answer = applyFault(fault, isWrite, honest);
    if (answer !== null) return answer.kind === 'silence' ? answer : { ...answer, delayMs };
  }
  return { ...honest.now(), delayMs };
}

/** The answer of one fault, or null when it does not replace the honest one. */
function applyFault(fault: Fault, isWrite: boolean, honest: Doing): SimulatedAnswer | null {
  const behind = (applied: boolean): HttpAnswer | null => (applied || !isWrite ? honest.now() : null);
  switch (fault.kind) {
    case 'latency':
    case 'count':
    case 'keyRevoked':
    case 'wrongInitiative':
    case 'segmentDeleted':
    case 'memberGone':
    case 'appliedPartly':
      return null;
    case 'timeoutBefore':
      return { kind: 'silence' };
    case 'timeoutAfterApplying':
      honest.now();
      return { kind: 'silence' };
    case 'timeoutThenApplying':
      if (isWrite) honest.later(fault.afterMs);
      return { kind: 'silence' };
    case 'resetBefore':
      return { kind: 'reset', delayMs: 0 };
    case 'resetAfterApplying':
      honest.now();
      return { kind: 'reset', delayMs: 0 };
    case 'status':
      behind(fault.applied);
      return statusAnswer(fault);
    case 'successFalse':
      behind(fault.applied);
      return failed(200, 'Something went wrong');
    case 'html':
      behind(fault.applied);
      return http(200, ERROR_PAGE, { 'content-type': 'text/html; charset=utf-8' });
    case 'empty':
      behind(fault.applied);
      return http(200, '');
    case 'oversized': {
      const body = behind(fault.applied)?.body ?? '{"success":true}';
      return http(200, body + ' '.repeat(fault.bytes));
    }
    case 'halfBody': {
      const whole = behind(fault.applied) ?? failed(200, 'Something went wrong');
      return { ...whole, truncateAt: Math.floor(Buffer.byteLength(whole.body) / 2) };
    }
    case 'wrongContentType': {
      const whole = behind(fault.applied) ?? failed(200, 'Something went wrong');
      return { ...whole, headers: { ...whole.headers, 'content-type': 'text/plain' } };
    }
  }
}

function statusAnswer(fault: Extract<Fault, { kind: 'status' }>): HttpAnswer {
  const headers = {
    ...(fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) }),
    ...(fault.location === undefined ? {} : { location: fault.location }),
  };
  if (fault.html) return http(fault.code, ERROR_PAGE, { ...headers, 'content-type': 'text/html; charset=utf-8' });
  return failed(fault.code, `Status ${fault.code} by request`, headers);
}
