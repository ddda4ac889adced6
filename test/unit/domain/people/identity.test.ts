import { DEFAULT_IDENTITY, type IdentitySettings } from '../../../../src/contract';
import { identifyByEmail, type IdentityEvidence, type Reporter } from '../../../../src/domain/people';

const person: Reporter = {
  accountId: 'ada',
  displayName: 'Ada',
  accountType: 'atlassian',
  active: true,
  visibleEmail: null,
};
const customer: Reporter = { ...person, accountType: 'customer' };
const email = { kind: 'email', email: 'ada@b\u00fccher.example' } as const;
const one: IdentityEvidence = { candidates: [7], otherAccounts: [], settings: DEFAULT_IDENTITY };
const trusting = (customers: IdentitySettings['customers']): IdentityEvidence => ({ ...one, settings: { customers } });
const CERTAIN = { kind: 'certain', memberId: 7 };
const review = (reason: string) => ({ kind: 'review', reason });

describe('who an account is by its e-mail', () => {
  it.each([
    ['an active Atlassian account whose address one member has', person, one, CERTAIN],
    ['their own link to the member', person, { ...one, otherAccounts: ['ada'] }, CERTAIN],
    ['nobody has the address', person, { ...one, candidates: [] }, { kind: 'nobody' }],
    ['two members share the address', person, { ...one, candidates: [7, 8] }, review('emailShared')],
    ['the member has another account', person, { ...one, otherAccounts: ['bob'] }, review('memberLinked')],
    ['the account is deactivated', { ...person, active: false }, one, review('inactiveAccount')],
    ['Jira does not say whether it is active', { ...person, active: null }, one, review('inactiveAccount')],
    ['the account is of no type that is known', { ...person, accountType: null }, one, review('untrustedAccount')],
    ['the account is of a new type', { ...person, accountType: 'guest' }, one, review('untrustedAccount')],
    ['a portal customer', customer, one, review('untrustedAccount')],
    ['a portal customer where all are trusted', customer, trusting({ kind: 'all' }), CERTAIN],
    [
      'a portal customer of a trusted domain, in its other form',
      customer,
      trusting({ kind: 'domains', domains: ['acme.example', 'XN--bcher-kva.example'] }),
      CERTAIN,
    ],
    [
      'a portal customer of a part of a trusted domain',
      customer,
      trusting({ kind: 'domains', domains: ['example', 'cher.example', 'shop.b\u00fccher.example'] }),
      review('untrustedAccount'),
    ],
    [
      'an account of a new type where all customers are trusted',
      { ...person, accountType: 'guest' },
      trusting({ kind: 'all' }),
      review('untrustedAccount'),
    ],
  ] as const)('%s', (_when, reporter, evidence, identity) => {
    expect(identifyByEmail(reporter, email, evidence)).toEqual(identity);
  });

  it.each(['hidden', 'appNotApproved', 'unavailable'] as const)('tells why the address is hidden (%s)', (reason) => {
    expect(identifyByEmail(person, { kind: 'hidden', reason }, one)).toEqual({ kind: 'hidden', reason });
  });

  it('takes an address that nobody asked for as not told', () => {
    expect(identifyByEmail(person, null, one)).toEqual({ kind: 'hidden', reason: 'unavailable' });
  });
});
