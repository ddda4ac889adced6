import type { LedgerEntry } from '../../../../../src/contract';
import {
  classifyResult,
  decidedResult,
  heldWaitMs,
  isPartial,
  lateVerdict,
  MAX_TRIES,
  newPending,
  sizeVerdict,
  type Pending,
} from '../../../../../src/features/bulk/worker/classifyResult';
import { ledgerEntry } from '../../../../support/ledgerEntry';
import { runPerson } from '../../../../support/runPerson';

const NOW = 1_000_000;
const ID = 'attempt';
const person = runPerson();
const first: Pending = newPending(person);
const REFUSED = { status: 400, cause: 'invalid', count: null } as const;
const ACCEPTED = { status: 200, cause: null, count: 1 } as const;
const LIMITED = { status: 429, cause: 'rateLimited', count: null } as const;
const unchanged = (facts: Partial<LedgerEntry>): LedgerEntry =>
  ledgerEntry({
    operationId: ID,
    state: 'finished',
    answer: REFUSED,
    members: [{ memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' }],
    ...facts,
  });
const both = unchanged({
  answer: ACCEPTED,
  members: [{ memberId: 7, outcome: 'notConfirmed', reason: 'inBoth' }],
});
const written = (entry: LedgerEntry) => ({ kind: 'written', entry }) as const;
const undecided = written(unchanged({ answer: ACCEPTED, state: 'undecided' }));

/** How often a write about someone is made when each comes to the same. */
function writesMade(entry: LedgerEntry): number {
  let pending = first;
  for (;;) {
    const disposition = classifyResult(pending, ID, written(entry), NOW);
    if (disposition.kind === 'result') {
      expect(disposition).toMatchObject({ result: 'notConfirmed', reason: 'unchanged' });
      return pending.attempt;
    }
    expect(disposition.pending.notBeforeMs).toBeGreaterThan(NOW);
    ({ pending } = disposition);
  }
}

it('makes a write that was heard to do nothing five times, and one whose process died 25 times', () => {
  expect(writesMade(unchanged({ recoveredAtMs: null }))).toBe(5);
  expect(writesMade(unchanged({ answer: null, recoveredAtMs: NOW }))).toBe(25);
});

it('makes a write that was accepted and did nothing for good twice more', () => {
  expect(writesMade(unchanged({ answer: ACCEPTED, recoveredAtMs: NOW }))).toBe(3);
});

it('makes a write that was refused in an answer of success, and did nothing for good, twice more', () => {
  expect(writesMade(unchanged({ answer: { ...REFUSED, status: 200 }, recoveredAtMs: NOW }))).toBe(3);
});

it('does not count a request that was not looked at for there being too many', () => {
  expect(writesMade(unchanged({ answer: LIMITED }))).toBe(25);
});

it('writes no more about someone whom a write may have reached', () => {
  const entry = unchanged({ members: [{ memberId: 7, outcome: 'unknown', reason: 'notReadable' }] });
  expect(classifyResult(first, ID, written(entry), NOW)).toMatchObject({ kind: 'result', result: 'unknown' });
});

it('never takes somebody else’s write for its own: the next attempt has another id, until there were too many', () => {
  expect(classifyResult(first, ID, { kind: 'idTaken' }, NOW)).toEqual({
    kind: 'retry',
    pending: { ...first, attempt: 2, notBeforeMs: NOW },
  });
  expect(classifyResult({ ...first, attempt: 25 }, ID, { kind: 'idTaken' }, NOW)).toEqual({
    kind: 'result',
    result: 'notConfirmed',
    reason: 'operationIdTaken',
    operationId: null,
  });
});

it('begins a next attempt with nothing of the one before but the counts, two seconds later', () => {
  const before: Pending = { ...first, tries: 3, written: 'refused', isPartial: true, wasAlone: true, hasStrays: true };
  expect(classifyResult(before, ID, written(unchanged({ recoveredAtMs: null })), NOW)).toEqual({
    kind: 'retry',
    pending: { ...newPending(person), attempt: 2, answered: 1, notBeforeMs: NOW + 2_000 },
  });
  expect(newPending(person)).toEqual({
    person,
    attempt: 1,
    answered: 0,
    waited: 0,
    tries: 0,
    written: null,
    isPartial: false,
    wasAlone: false,
    hasStrays: false,
    notBeforeMs: 0,
  });
});

it('leaves whoever was moved by others as changed, with what was seen', () => {
  expect(classifyResult(first, ID, { kind: 'stale', reason: 'alreadyInTarget' }, NOW)).toEqual({
    kind: 'result',
    result: 'changed',
    reason: 'alreadyInTarget',
    operationId: null,
  });
});

it('takes a row that names nobody for one of which nothing is known', () => {
  const nobody = unchanged({ answer: ACCEPTED, members: [] });
  const disposition = classifyResult(first, ID, written(nobody), NOW);
  expect(disposition).toEqual({ kind: 'result', result: 'unknown', reason: null, operationId: ID });
  expect(decidedResult(first, disposition, written(nobody), 1)).toMatchObject({ result: 'unknown', reason: null });
  const receipt = { kind: 'ok', value: { status: 200, count: 1, claim: 'accepted' } } as const;
  const results = new Map([[ID, written(nobody)]]);
  expect(sizeVerdict({ receipt, claim: 'yes', results })).toBe('trouble');
  expect(isPartial({ receipt, results })).toBe(false);
});

describe('a write that is not decided yet', () => {
  it('is looked at after five seconds, and after twenty once it was looked at six times', () => {
    expect([0, 5, 6, MAX_TRIES].map(heldWaitMs)).toEqual([5_000, 5_000, 20_000, 20_000]);
    for (const result of [undefined, { kind: 'leaseHeld' } as const])
      expect(classifyResult({ ...first, tries: 6 }, ID, result, NOW)).toEqual({
        kind: 'retry',
        pending: { ...first, tries: 7, notBeforeMs: NOW + 20_000 },
      });
  });

  it('is known to have changed others beside it, or not', () => {
    const strays = { missing: [], joined: [], count: 1 };
    for (const [found, hasStrays] of [
      [strays, true],
      [null, false],
    ] as const)
      expect(classifyResult(first, ID, written({ ...undecided.entry, strays: found }), NOW)).toMatchObject({
        pending: { hasStrays, written: 'accepted' },
      });
  });

  it('is the same attempt, until it is decided, also while its lease keeps everyone away', () => {
    const looked = classifyResult(first, ID, undecided, NOW);
    expect(looked).toMatchObject({ kind: 'retry', pending: { attempt: 1, written: 'accepted', tries: 1 } });
    if (looked.kind !== 'retry') throw new Error('It is looked at again');
    expect(classifyResult(looked.pending, ID, { kind: 'leaseHeld' }, NOW)).toMatchObject({
      kind: 'retry',
      pending: { attempt: 1, written: 'accepted', tries: 2 },
    });
  });

  it('is looked at for longer than an accepted write may stay unseen, and is then not known, under its id', () => {
    let waitedMs = 0;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) waitedMs += heldWaitMs(tries);
    expect(waitedMs).toBeGreaterThan(360_000);
    const looked = { ...first, tries: MAX_TRIES };
    expect(classifyResult({ ...looked, written: 'accepted' }, ID, { kind: 'leaseHeld' }, NOW)).toEqual({
      kind: 'result',
      result: 'unknown',
      reason: null,
      operationId: ID,
    });
    expect(classifyResult(looked, ID, { kind: 'leaseHeld' }, NOW)).toEqual({
      kind: 'result',
      result: 'busy',
      reason: null,
      operationId: null,
    });
  });

  it('says nothing of the size of its batch, and once it is decided what it turned out to be', () => {
    const receipt = { kind: 'ok', value: { status: 200, count: 1, claim: 'accepted' } } as const;
    expect(sizeVerdict({ receipt, claim: 'yes', results: new Map([[ID, undecided]]) })).toBe('nothing');
    const open: Pending = { ...first, written: 'accepted' };
    const confirmed = unchanged({ members: [{ memberId: 7, outcome: 'confirmed', reason: 'readBackAgrees' }] });
    expect(lateVerdict([open], [written(confirmed)])).toBe('confirmed');
    expect(lateVerdict([open], [undecided])).toBe('nothing');
    expect(lateVerdict([open], [written(both)])).toBe('trouble');
    expect(lateVerdict([first], [written(confirmed)])).toBe('nothing');
  });
});

describe('the brake is told', () => {
  const told = (entry: LedgerEntry, pending: Pending = first, sent = 1) =>
    decidedResult(pending, classifyResult(pending, ID, written(entry), NOW), written(entry), sent);

  it('what a write came to, with what Shorter Loop had said of it', () => {
    expect(told(both)).toEqual({
      at: { group: 1, place: 1 },
      result: 'notConfirmed',
      reason: 'inBoth',
      claim: 'accepted',
    });
    expect(told(unchanged({ answer: null, recoveredAtMs: null }), { ...first, answered: 4 })).toMatchObject({
      claim: 'silent',
    });
  });

  it('of one that is made again, where what came is about the person and not about the size of the request', () => {
    const refused = unchanged({ members: [{ memberId: 7, outcome: 'refused', reason: 'saidNo' }] });
    expect(told(refused)).toMatchObject({ result: 'refused', claim: 'refused' });
    expect(told(refused, first, 10)).toBeNull();
    expect(told(refused, first, 0)).toBeNull();
    expect(told(refused, { ...first, wasAlone: true }, 0)).toMatchObject({ claim: 'refused' });
    expect(told(unchanged({ answer: ACCEPTED }), first, 10)).toMatchObject({ reason: 'unchanged', claim: 'accepted' });
    expect(told(unchanged({ answer: ACCEPTED }), { ...first, isPartial: true }, 10)).toBeNull();
  });

  it('nothing of what is not decided, of limits, and of people about whom nothing was written', () => {
    expect(told(undecided.entry)).toBeNull();
    expect(told(unchanged({ answer: LIMITED }))).toBeNull();
    expect(told(unchanged({ answer: null }))).toBeNull();
    expect(decidedResult(first, classifyResult(first, ID, undefined, NOW), undefined, 1)).toBeNull();
    const stale = { kind: 'stale', reason: 'notInSource' } as const;
    expect(decidedResult(first, classifyResult(first, ID, stale, NOW), stale, 1)).toBeNull();
  });
});
