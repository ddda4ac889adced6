import { personhoodOf, type Reporter } from '../../../../src/domain/people';

const reporter = (overrides: Partial<Reporter>): Reporter => ({
  accountId: 'account-1',
  displayName: 'Ada',
  accountType: 'atlassian',
  active: true,
  visibleEmail: null,
  ...overrides,
});

describe('telling people from what is not one', () => {
  it.each(['atlassian', 'customer', null, 'something new'])(
    'takes an account of type %s for a person',
    (accountType) => {
      expect(personhoodOf(reporter({ accountType }))).toEqual({ kind: 'person' });
    },
  );

  it('knows an app', () => {
    expect(personhoodOf(reporter({ accountType: 'app' }))).toEqual({ kind: 'notAPerson', reason: 'app' });
  });

  it('knows an erased account, which must never be stored', () => {
    expect(personhoodOf(reporter({ accountId: 'unknown' }))).toEqual({ kind: 'notAPerson', reason: 'formerUser' });
  });
});
