import { countedState, needsEmail, type LinkState, type Reporter } from '../../../../src/domain/people';

const person: Reporter = {
  accountId: 'a',
  displayName: 'A',
  accountType: 'atlassian',
  active: true,
  visibleEmail: null,
};
const app: Reporter = { ...person, accountType: 'app' };
const none: LinkState = { state: 'none' };
const unlinked: LinkState = { state: 'unlinked' };
const linked: LinkState = { state: 'linked', memberId: 7, link: { how: 'manual', byAccountId: 'b', atMs: 1 } };
const certain = { kind: 'certain', memberId: 7 } as const;
const review = { kind: 'review', reason: 'emailShared' } as const;

describe('what a count finds of a reporter', () => {
  it.each([
    ['a link decides, whatever the e-mail says', person, linked, review, 'linked'],
    ['nobody has the e-mail', person, none, { kind: 'nobody' }, 'notFound'],
    ['the e-mail decides', person, none, certain, 'found'],
    ['the e-mail decides, and somebody unlinked them', person, unlinked, certain, 'found'],
    ['the e-mail does not decide', person, none, review, 'ambiguous'],
    ['Jira hides it', person, none, { kind: 'hidden', reason: 'hidden' }, 'emailHidden'],
    ['it was not read', person, none, null, 'emailHidden'],
    ['they are an app, even one with a link', app, linked, null, 'notAPerson'],
  ] as const)('%s', (_when, reporter, link, identity, state) => {
    expect(countedState(reporter, link, identity)).toBe(state);
  });

  it('takes an e-mail only where nothing else decides', () => {
    expect([
      needsEmail(person, none),
      needsEmail(person, unlinked),
      needsEmail(person, linked),
      needsEmail(app, none),
    ]).toEqual([true, true, false, false]);
  });
});
