import { planBatch, settleFrom } from '../../../../src/domain/segments';
import { ledgerEntry } from '../../../support/ledgerEntry';

const from = { id: 19, name: 'Beta testers' };
const to = { id: 15, name: 'Early adopters' };
const move = { kind: 'move', from, to } as const;
const remove = { kind: 'remove', from, to: null } as const;
const add = { kind: 'add', from: null, to } as const;

describe('a batch', () => {
  it('plans whoever is in the source and not in the target, each once, and says why the others are left out', () => {
    const planned = planBatch(move, { from: new Set([1, 2, 3]), to: new Set([3]) }, [1, 2, 2, 3, 4]);
    expect(planned.plan).toEqual({ kind: 'move', from, to, memberIds: [1, 2] });
    expect([...planned.stale]).toEqual([
      [3, 'alreadyInTarget'],
      [4, 'notInSource'],
    ]);
  });

  it('plans a removal by the source alone', () => {
    expect(planBatch(remove, { from: new Set([1]), to: null }, [1, 2]).plan).toEqual({
      kind: 'remove',
      from,
      to: null,
      memberIds: [1],
    });
  });

  it('plans an adding by the target alone: whoever is in it already has nothing left to be done', () => {
    const planned = planBatch(add, { from: null, to: new Set([3]) }, [1, 2, 2, 3]);
    expect(planned.plan).toEqual({ kind: 'add', from: null, to, memberIds: [1, 2] });
    expect([...planned.stale]).toEqual([[3, 'alreadyInTarget']]);
    for (const unread of ['gone', null] as const)
      expect(planBatch(add, { from: null, to: unread }, [1])).toEqual({
        plan: null,
        stale: new Map([[1, 'targetGone']]),
      });
  });

  it('takes nobody out of a source that nobody read', () => {
    for (const ends of [move, remove])
      expect(planBatch(ends, { from: null, to: new Set() }, [1])).toEqual({
        plan: null,
        stale: new Map([[1, 'sourceGone']]),
      });
  });

  it('sends nothing when a segment is gone, or when a move has a target that nobody read', () => {
    expect(planBatch(move, { from: 'gone', to: new Set() }, [1])).toEqual({
      plan: null,
      stale: new Map([[1, 'sourceGone']]),
    });
    expect(planBatch(move, { from: new Set([1]), to: 'gone' }, [1])).toEqual({
      plan: null,
      stale: new Map([[1, 'targetGone']]),
    });
    expect(planBatch(move, { from: new Set([1]), to: null }, [1])).toEqual({
      plan: null,
      stale: new Map([[1, 'targetGone']]),
    });
  });
});

describe('settling from the reading of a pair', () => {
  const LATER = 1_800_000_000_000;
  const settledAs = (...members: readonly object[]) => ({ state: 'finished', recoveredAtMs: LATER, members });

  it('decides an unfinished write between the same segments', () => {
    const settled = settleFrom(ledgerEntry({ state: 'intended' }), move, { from: new Set(), to: new Set([7]) }, LATER);
    expect(settled).toMatchObject(settledAs({ memberId: 7, outcome: 'confirmed' }));
  });

  it('decides a removal by the source alone', () => {
    const removal = ledgerEntry({ kind: 'remove', state: 'intended' });
    expect(settleFrom(removal, remove, { from: new Set([7]), to: null }, LATER)).toMatchObject(
      settledAs({ memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' }),
    );
    expect(settleFrom(removal, remove, { from: 'gone', to: null }, LATER)).toMatchObject(
      settledAs({ memberId: 7, outcome: 'confirmed', reason: 'readBackAgrees' }),
    );
  });

  it('decides an adding by the target alone', () => {
    const adding = ledgerEntry({ kind: 'add', state: 'intended' });
    expect(settleFrom(adding, add, { from: null, to: new Set([7]) }, LATER)).toMatchObject(
      settledAs({ memberId: 7, outcome: 'confirmed', reason: 'readBackAgrees' }),
    );
    expect(settleFrom(adding, add, { from: null, to: 'gone' }, LATER)).toMatchObject(
      settledAs({ memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' }),
    );
    expect(settleFrom(adding, add, { from: null, to: null }, LATER)).toBeNull();
  });

  it('takes a segment that is gone for an empty one, and settles nothing by one that was not read', () => {
    expect(settleFrom(ledgerEntry(), move, { from: new Set(), to: 'gone' }, LATER)).toMatchObject(
      settledAs({ memberId: 7, outcome: 'notConfirmed', reason: 'inNeither' }),
    );
    expect(settleFrom(ledgerEntry(), move, { from: new Set([7]), to: null }, LATER)).toBeNull();
  });

  it.each([
    ['from another segment', ledgerEntry({ from: { id: 99, name: 'Other' } }), move],
    ['for another segment', ledgerEntry({ to: { id: 99, name: 'Other' } }), move],
    ['that is a removal, when it is compared with a move', ledgerEntry({ kind: 'remove' }), move],
    ['that is a move, when it is compared with a removal', ledgerEntry(), remove],
    [
      'that is a removal from another segment',
      ledgerEntry({ kind: 'remove', from: { id: 99, name: 'Other' } }),
      remove,
    ],
    ['that is an adding', ledgerEntry({ kind: 'add' }), move],
    ['that is a move, when it is compared with an adding', ledgerEntry(), add],
    ['that adds to another segment', ledgerEntry({ kind: 'add', to: { id: 99, name: 'Other' } }), add],
  ])('says nothing of a write %s', (_which, entry, ends) => {
    expect(settleFrom(entry, ends, { from: new Set(), to: new Set() }, 5)).toBeNull();
  });
});
