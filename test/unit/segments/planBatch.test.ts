import { batchEnds, planBatch, settleFrom } from '../../../src/segments';
import { ledgerEntry } from '../../support/ledgerEntry';

const from = { id: 19, name: 'Beta testers' };
const to = { id: 15, name: 'Early adopters' };
const move = batchEnds(from, to);
const remove = batchEnds(from, null);

describe('a batch', () => {
  it('plans whoever is in the source and not in the target, each once, and says why the others are left out', () => {
    const planned = planBatch(move, { from: new Set([1, 2, 3]), to: new Set([3]) }, [1, 2, 2, 3, 4]);
    expect(planned.plan).toEqual({ kind: 'move', from, to, memberIds: [1, 2] });
    expect([...planned.stale]).toEqual([[3, 'alreadyInTarget'], [4, 'notInSource']]);
  });

  it('plans a removal by the source alone', () => {
    expect(planBatch(remove, { from: new Set([1]), to: null }, [1, 2]).plan).toEqual({ kind: 'remove', from, to: null, memberIds: [1] });
  });

  it('sends nothing when a segment is gone, or when a move has a target that nobody read', () => {
    expect(planBatch(move, { from: 'gone', to: new Set() }, [1])).toEqual({ plan: null, stale: new Map([[1, 'sourceGone']]) });
    expect(planBatch(move, { from: new Set([1]), to: 'gone' }, [1])).toEqual({ plan: null, stale: new Map([[1, 'targetGone']]) });
    expect(planBatch(move, { from: new Set([1]), to: null }, [1])).toEqual({ plan: null, stale: new Map([[1, 'targetGone']]) });
  });
});

describe('settling from the reading of a pair', () => {
  it('decides an unfinished write between the same segments', () => {
    const settled = settleFrom(ledgerEntry({ state: 'intended' }), move, { from: new Set(), to: new Set([7]) }, 5);
    expect(settled).toMatchObject({ state: 'finished', recoveredAtMs: 5, members: [{ memberId: 7, outcome: 'confirmed' }] });
  });

  it('says nothing of a write between others, nor of a removal that a move is compared with', () => {
    expect(settleFrom(ledgerEntry({ to: { id: 99, name: 'Other' } }), move, { from: new Set(), to: new Set() }, 5)).toBeNull();
    expect(settleFrom(ledgerEntry({ kind: 'remove' }), move, { from: new Set(), to: new Set() }, 5)).toBeNull();
  });
});
