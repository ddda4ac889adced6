import type { ShorterLoopCause } from '../../src/contract';
import type { Simulator } from '../../sandbox/shorterloop';

type Fault = Parameters<Simulator['faults']['add']>[0]['fault'];

/** A fault by name, with what it means for a write of one member. */
export type AppliedFault = {
  readonly name: string;
  readonly fault: Fault;
  readonly applied: boolean;
  readonly cause: ShorterLoopCause | null;
};

const refusal = (code: number, cause: ShorterLoopCause): AppliedFault => ({
  name: `status ${String(code)}`,
  fault: { kind: 'status', code },
  applied: false,
  cause,
});

/** Answers that say no, after which nothing can have changed. */
export const REFUSALS: readonly AppliedFault[] = [
  refusal(400, 'invalid'),
  refusal(401, 'unauthorized'),
  refusal(403, 'forbidden'),
  refusal(404, 'notFound'),
  refusal(405, 'wrongDialect'),
  refusal(409, 'invalid'),
  refusal(422, 'invalid'),
  refusal(429, 'rateLimited'),
  {
    name: 'success:false',
    fault: { kind: 'successFalse', applied: false },
    applied: false,
    cause: 'invalid',
  },
];

const doubt = (name: string, fault: Fault, applied: boolean): AppliedFault => ({
  name,
  fault,
  applied,
  cause: null,
});

/** Answers, and failures to answer, that prove nothing: only the read-back tells. */
export const DOUBTS: readonly AppliedFault[] = [
  doubt('no answer, not applied', { kind: 'timeoutBefore' }, false),
  doubt('reset before', { kind: 'resetBefore' }, false),
  doubt('reset after applying', { kind: 'resetAfterApplying' }, true),
  doubt('500, not applied', { kind: 'status', code: 500 }, false),
  doubt('500, applied', { kind: 'status', code: 500, applied: true }, true),
  doubt('502 as HTML, applied', { kind: 'status', code: 502, html: true, applied: true }, true),
  doubt('503, not applied', { kind: 'status', code: 503 }, false),
  doubt('success:false, applied', { kind: 'successFalse', applied: true }, true),
  doubt('count zero', { kind: 'count', count: 'zero' }, true),
  doubt('count missing', { kind: 'count', count: 'missing' }, true),
  doubt('count too large', { kind: 'count', count: 'tooLarge' }, true),
  doubt('count a string', { kind: 'count', count: 'string' }, true),
  doubt('HTML, applied', { kind: 'html' }, true),
  doubt('HTML, not applied', { kind: 'html', applied: false }, false),
  doubt('empty', { kind: 'empty' }, true),
  doubt('oversized', { kind: 'oversized' }, true),
  doubt('half a body', { kind: 'halfBody' }, true),
  doubt('wrong content type', { kind: 'wrongContentType' }, true),
];
