import type { Simulator } from '../../sandbox/shorterloop';
import type { Subject } from './lab';
import type { OwnDoing } from './verdict';

type Fault = Parameters<Simulator['faults']['add']>[0]['fault'];

/** A fault of Shorter Loop by name. Those that change data say so. */
export type NamedFault = {
  readonly name: string;
  readonly fault: (subject: Subject) => Fault;
  readonly ownDoing?: (subject: Subject) => OwnDoing;
};

const plain = (name: string, fault: Fault): NamedFault => ({ name, fault: () => fault });
const REFUSING = [400, 401, 403, 404, 405, 409, 422] as const;
const TROUBLED = [500, 502, 503] as const;

/** What any call can meet: nothing is applied by these. */
export const ANY_CALL: readonly NamedFault[] = [
  plain('reset before', { kind: 'resetBefore' }),
  plain('no answer', { kind: 'timeoutBefore' }),
  plain('slow by 3 s', { kind: 'latency', ms: 3_000 }),
  plain('slow by 9 s', { kind: 'latency', ms: 9_000 }),
  plain('slow by 40 s', { kind: 'latency', ms: 40_000 }),
  ...REFUSING.map((code) => plain(`status ${code}`, { kind: 'status', code })),
  ...TROUBLED.map((code) => plain(`status ${code}`, { kind: 'status', code })),
  plain('status 429', { kind: 'status', code: 429 }),
  plain('status 429, wait 2 s', { kind: 'status', code: 429, retryAfterSeconds: 2 }),
  plain('status 429, wait 60 s', { kind: 'status', code: 429, retryAfterSeconds: 60 }),
  plain('a redirect', { kind: 'status', code: 302, location: 'https://elsewhere.example/' }),
  plain('an error page', { kind: 'status', code: 502, html: true }),
  plain('HTML', { kind: 'html', applied: false }),
  plain('an empty body', { kind: 'empty', applied: false }),
  plain('half a body', { kind: 'halfBody', applied: false }),
  plain('a wrong content type', { kind: 'wrongContentType', applied: false }),
  plain('too large a body', { kind: 'oversized', applied: false }),
  plain('success: false', { kind: 'successFalse' }),
  plain('a revoked key', { kind: 'keyRevoked' }),
  plain('a wrong initiative', { kind: 'wrongInitiative' }),
  {
    name: 'the source deleted meanwhile',
    fault: ({ from }) => ({ kind: 'segmentDeleted', id: from }),
    ownDoing: ({ from }) => ({ segmentDeleted: from }),
  },
  {
    name: 'the target deleted meanwhile',
    fault: ({ from, to }) => ({ kind: 'segmentDeleted', id: to ?? from }),
    ownDoing: ({ from, to }) => ({ segmentDeleted: to ?? from }),
  },
  {
    name: 'the member gone meanwhile',
    fault: ({ memberId }) => ({ kind: 'memberGone', id: memberId }),
    ownDoing: ({ memberId }) => ({ memberGone: memberId }),
  },
];

/** What only a write can meet: it is applied, and its answer does not say so, or says it wrongly. */
export const WRITE_CALL: readonly NamedFault[] = [
  plain('reset after applying', { kind: 'resetAfterApplying' }),
  plain('no answer after applying', { kind: 'timeoutAfterApplying' }),
  plain('applied 8 s later without an answer', { kind: 'timeoutThenApplying', afterMs: 8_000 }),
  plain('applied 14 s later without an answer', { kind: 'timeoutThenApplying', afterMs: 14_000 }),
  ...TROUBLED.map((code) => plain(`status ${code} after applying`, { kind: 'status', code, applied: true })),
  plain('an error page after applying', { kind: 'status', code: 502, html: true, applied: true }),
  plain('HTML after applying', { kind: 'html' }),
  plain('an empty body after applying', { kind: 'empty' }),
  plain('half a body after applying', { kind: 'halfBody' }),
  plain('a wrong content type after applying', { kind: 'wrongContentType' }),
  plain('too large a body after applying', { kind: 'oversized' }),
  plain('success: false after applying', { kind: 'successFalse', applied: true }),
  ...(['zero', 'missing', 'partial', 'tooLarge', 'string', 'negative', 1.5e9] as const).map((count) =>
    plain(`count ${String(count)}`, { kind: 'count', count }),
  ),
];

/** A move that is done by halves. */
export const HALF_MOVES: readonly NamedFault[] = [
  plain('joined but not left', { kind: 'appliedPartly', how: 'joinOnly' }),
  plain('left but not joined', { kind: 'appliedPartly', how: 'leaveOnly' }),
];
