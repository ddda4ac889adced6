import { filterOf, NO_FILTER } from '../../../../../static/src/admin/ledger/filter';

const memberIdOf = (memberId: string): number | null | string => {
  const filter = filterOf({ ...NO_FILTER, memberId });
  return filter.kind === 'filter' ? filter.filter.memberId : filter.field;
};

describe('what is typed into a search of the ledger', () => {
  it.each([
    ['', null],
    [' #12 ', 12],
    ['007', 7],
    [String(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER],
    [String(Number.MAX_SAFE_INTEGER + 1), 'memberId'],
    ['0', 'memberId'],
    ['-1', 'memberId'],
    ['1e3', 'memberId'],
    ['１２', 'memberId'],
    ['1 2', 'memberId'],
  ])('is a member by id, or wrong: %j', (typed, expected) => {
    expect(memberIdOf(typed)).toBe(expected);
  });

  it.each([
    ['2026-03-28', '2026-03-30', true],
    ['2026-03-29', '2026-03-29', true],
    ['2026-03-30', '2026-03-29', false],
    ['0000-00-00', 'x', true],
  ])('is days of the viewer, the last one included: %s to %s', (from, until, isFilter) => {
    const filter = filterOf({ ...NO_FILTER, from, until });
    expect(filter.kind).toBe(isFilter ? 'filter' : 'wrong');
    if (filter.kind === 'filter' && until !== 'x') {
      const [, , day] = until.split('-').map(Number);
      expect(new Date(filter.filter.untilMs ?? 0).getDate()).toBe((day ?? 0) + 1);
    }
  });

  it('takes an operation id out of the sentence around it', () => {
    const operationId = '11111111-1111-4111-8111-111111111111';
    expect(filterOf({ ...NO_FILTER, operationId: `“Refused. Operation ${operationId}.”` })).toMatchObject({
      filter: { operationId },
    });
    expect(filterOf({ ...NO_FILTER, operationId: 'none' })).toEqual({ kind: 'wrong', field: 'operationId' });
  });
});
