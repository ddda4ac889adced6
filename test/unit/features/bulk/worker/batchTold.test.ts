import { SHORTER_LOOP_CAUSES, type LedgerEntry, type ShorterLoopCause } from '../../../../../src/contract';
import type { ShorterLoopError } from '../../../../../src/adapters/shorterloop';
import {
  isPartial,
  isStopping,
  lateVerdict,
  newPending,
  sizeVerdict,
  stoppedProblem,
  stoppingProblem,
  transientProblem,
} from '../../../../../src/features/bulk/worker/classifyResult';
import { ledgerEntry } from '../../../../support/ledgerEntry';
import { runPerson } from '../../../../support/runPerson';

const failed = (cause: ShorterLoopCause) => {
  const facts = { status: 418, mayHaveBeenApplied: true };
  const problem: ShorterLoopError =
    cause === 'rateLimited' ? { ...facts, cause, retryAfterMs: 9 } : { ...facts, cause };
  return { kind: 'problem', problem } as const;
};
const yes = { kind: 'ok', value: { status: 200, count: 1, claim: 'accepted' } } as const;
const written = (overrides: Partial<Pick<LedgerEntry, 'state' | 'members'>> = {}) =>
  ({ kind: 'written', entry: ledgerEntry(overrides) }) as const;
const inBoth = written({ members: [{ memberId: 7, outcome: 'notConfirmed', reason: 'inBoth' }] });
const open = written({
  state: 'undecided',
  members: [{ memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' }],
});
const held = { kind: 'leaseHeld' } as const;
type Told = typeof inBoth | typeof held;
const of = (...results: readonly Told[]): ReadonlyMap<string, Told> =>
  new Map(results.map((result, nth) => [String(nth), result]));

it('stops a run for what every further batch would meet, and rests it for what may pass', () => {
  const causes = (problemOf: typeof stoppingProblem) =>
    SHORTER_LOOP_CAUSES.filter((cause) => problemOf({ receipt: failed(cause) }) !== null);
  expect(causes(stoppingProblem)).toEqual(['unauthorized', 'forbidden', 'notFound', 'wrongDialect']);
  expect(causes(transientProblem)).toEqual(
    SHORTER_LOOP_CAUSES.filter((cause) => cause !== 'rateLimited' && cause !== 'invalid'),
  );
  for (const problemOf of [stoppingProblem, transientProblem]) {
    expect(problemOf({ receipt: failed('forbidden') })).toEqual({
      code: 'shorterLoop',
      cause: 'forbidden',
      status: 418,
      retryAfterMs: null,
    });
    expect([problemOf({ receipt: null }), problemOf({ receipt: yes })]).toEqual([null, null]);
  }
});

it('knows of a problem whether it stands until someone mends it', () => {
  const problem = { code: 'shorterLoop', status: 1, retryAfterMs: null } as const;
  expect(isStopping({ ...problem, cause: 'notFound' })).toBe(true);
  expect(isStopping({ ...problem, cause: 'server' })).toBe(false);
  expect(isStopping({ code: 'notProven' })).toBe(false);
});

it('tells which kind of write rests since a batch, and because of which write', () => {
  const stop = { kind: 'move', atMs: 1, operationId: 'op', fromSegmentId: 1, toSegmentId: 2 } as const;
  const strays = { missing: [], joined: [], count: 1 };
  expect(stoppedProblem({ compared: { strays: null, stop: null } })).toBeNull();
  expect(stoppedProblem({ compared: { strays: null, stop: { ...stop, strays } } })).toEqual({
    code: 'writesStopped',
    kind: 'move',
    operationId: 'op',
  });
});

describe('the size of a batch', () => {
  it.each([
    ['nothing, where none was sent', { receipt: null, claim: null, results: of(inBoth) }, 'nothing'],
    [
      'confirmed, where everybody is',
      { receipt: failed('server'), claim: 'silent', results: of(written()) },
      'confirmed',
    ],
    ['nothing yet of what is open', { receipt: yes, claim: 'yes', results: of(written(), open) }, 'nothing'],
    ['trouble, where one is not confirmed', { receipt: yes, claim: 'yes', results: of(written(), inBoth) }, 'trouble'],
    ['trouble, where no answer came', { receipt: failed('timeout'), claim: 'silent', results: of(open) }, 'trouble'],
    [
      'nothing, where it was not sent',
      { receipt: failed('network'), claim: 'notSent', results: of(inBoth) },
      'nothing',
    ],
    [
      'nothing, where it was not applied',
      { receipt: failed('forbidden'), claim: 'never', results: of(inBoth) },
      'nothing',
    ],
    ['trouble, where it was refused', { receipt: failed('invalid'), claim: 'never', results: of(inBoth) }, 'trouble'],
    ['confirmed, where the others are held', { receipt: yes, claim: 'yes', results: of(written(), held) }, 'confirmed'],
  ] as const)('is told %s', (_what, batch, verdict) => {
    expect(sizeVerdict(batch)).toBe(verdict);
  });

  it('is told late only once everybody is decided', () => {
    const pending = { ...newPending(PERSON), written: 'accepted' } as const;
    expect(lateVerdict([pending, pending], [written(), written()])).toBe('confirmed');
    expect(lateVerdict([pending, pending], [written(), held])).toBe('nothing');
    expect(lateVerdict([pending, pending], [written(), open])).toBe('nothing');
    expect(lateVerdict([pending, { ...pending, written: 'silent' }], [written(), inBoth])).toBe('nothing');
    expect(lateVerdict([pending, pending], [open, inBoth])).toBe('trouble');
  });
});

it('calls a batch partial only where it was sent and somebody was confirmed', () => {
  expect(isPartial({ receipt: yes, results: of(inBoth, written()) })).toBe(true);
  expect(isPartial({ receipt: yes, results: of(inBoth, held) })).toBe(false);
  expect(isPartial({ receipt: null, results: of(written()) })).toBe(false);
});

const PERSON = runPerson();
