import { indexedOf, sequenceOf, startOfTime } from '../../../../src/adapters/store/ledgerIndex';
import { ledgerEntry } from '../../../support/ledgerEntry';

describe('what a row of the ledger is found by', () => {
  it('is a sequence that sorts as times do, and tells equal times apart', () => {
    const at = (intendedAtMs: number, operationId: string): string =>
      sequenceOf(ledgerEntry({ intendedAtMs, operationId }));
    const inOrder = [at(9, 'b'), at(10, 'a'), at(10, 'b'), at(1_700_000_000_000, 'a')];
    expect([...inOrder].reverse().sort()).toEqual(inOrder);
  });

  it('has a beginning for each time, after all that was before and before all that was then', () => {
    const at = (intendedAtMs: number): string => sequenceOf(ledgerEntry({ intendedAtMs }));
    expect([at(11), startOfTime(11), at(10), startOfTime(10), at(9)].sort()).toEqual([
      at(9),
      startOfTime(10),
      at(10),
      startOfTime(11),
      at(11),
    ]);
  });

  it('is the member, the segments and the outcome', () => {
    expect(indexedOf(ledgerEntry({ kind: 'move' }))).toMatchObject({
      memberId: 7,
      fromSegmentId: 19,
      toSegmentId: 15,
      outcome: 'confirmed',
    });
    expect(indexedOf(ledgerEntry({ kind: 'remove' }))).toMatchObject({ fromSegmentId: 19, toSegmentId: null });
    expect(indexedOf(ledgerEntry({ kind: 'add' }))).toMatchObject({ fromSegmentId: null, toSegmentId: 15 });
  });

  it.each(['intended', 'undecided'] as const)(
    'is called unfinished while it is %s, whatever its outcome is so far',
    (state) => {
      expect(indexedOf(ledgerEntry({ state })).outcome).toBe('unfinished');
    },
  );
});
