import type { BoardMember } from '../../../../src/contract';
import { partAfter } from '../../../../src/features/board/members';
import { mergeRows } from '../../../../src/features/board/counts';
import { monthsOf } from '../../../../src/features/board/reporters';
import type { LinkState } from '../../../../src/domain/people';

function allParts(sorted: readonly BoardMember[]): BoardMember[][] {
  const parts: BoardMember[][] = [];
  let after: number | null = 0;
  while (after !== null) {
    const part: ReturnType<typeof partAfter> = partAfter(sorted, after);
    parts.push([...part.members]);
    after = part.nextAfterMemberId;
  }
  return parts;
}

describe('the parts of a column', () => {
  it('are everybody, each once, and few for 100,000', () => {
    const members = Array.from({ length: 100_000 }, (_, nth): BoardMember => [nth * 3 + 1, `Member ${String(nth)}`]);
    const parts = allParts(members);
    expect(parts).toHaveLength(4);
    expect(parts.flat()).toEqual(members);
  });

  it('stay far below what Forge passes to a page, however long the names are', () => {
    const members = Array.from({ length: 3_000 }, (_, nth): BoardMember => [nth + 1, 'ツ'.repeat(1_000)]);
    for (const part of allParts(members)) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(4_000_000);
  });

  it('are nobody after the last', () => {
    expect(partAfter([[1, null]], 1)).toEqual({ members: [], nextAfterMemberId: null });
    expect(partAfter([], 0)).toEqual({ members: [], nextAfterMemberId: null });
  });
});

describe('the issues of a month', () => {
  it('are counted by member, and together for all who are not linked', () => {
    const link = (memberId: number): LinkState => ({
      state: 'linked',
      memberId,
      link: { how: 'email', byAccountId: null, atMs: 0 },
    });
    const links = new Map<string, LinkState>([
      ['a', link(7)],
      ['b', link(7)],
      ['c', { state: 'unlinked' }],
    ]);
    const issues = ['a', 'b', 'c', 'd', null].map((reporterAccountId) => ({ reporterAccountId, month: '2026-03' }));
    expect(monthsOf([...issues, { reporterAccountId: 'a', month: '2026-04' }], links)).toEqual([
      { memberId: 7, month: '2026-03', issues: 2 },
      { memberId: null, month: '2026-03', issues: 3 },
      { memberId: 7, month: '2026-04', issues: 1 },
    ]);
  });
});

describe('the rows of a kept count', () => {
  it('are one for each member and month, however many pages they come from', () => {
    const rows = mergeRows(
      [
        [7, '2026-03', 2],
        [null, '2026-03', 1],
      ],
      [
        { memberId: 7, month: '2026-03', issues: 3 },
        { memberId: 7, month: '2026-04', issues: 1 },
      ],
    );
    expect(rows).toEqual([
      [7, '2026-03', 5],
      [null, '2026-03', 1],
      [7, '2026-04', 1],
    ]);
  });

  it('stay below the 240 KiB of a value when the fullest part takes one more page', () => {
    const wide = Array.from({ length: 5_999 }, (_, nth) => ({
      memberId: Number.MAX_SAFE_INTEGER - nth,
      month: '2026-03',
      issues: 1_000,
    }));
    expect(Buffer.byteLength(JSON.stringify(mergeRows([], wide)))).toBeLessThan(239 * 1_024);
  });
});
