import { countedState, needsEmail, type LinkState, type Reporter } from '../../../../src/domain/people';

const person: Reporter = { accountId: 'a', displayName: 'A', accountType: 'atlassian', visibleEmail: null };
const app: Reporter = { ...person, accountType: 'app' };
const none: LinkState = { state: 'none' };
const unlinked: LinkState = { state: 'unlinked' };
const linked: LinkState = { state: 'linked', memberId: 7, link: { how: 'manual', byAccountId: 'b', atMs: 1 } };
const email = { kind: 'email', email: 'a@b.example' } as const;

describe('what a count finds of a reporter', () => {
  it.each([
    ['a link decides, whatever the e-mail says', person, linked, email, 2, 'linked'],
    ['nobody has the e-mail', person, none, email, 0, 'notFound'],
    ['one member has it', person, none, email, 1, 'found'],
    ['one member has it, and somebody unlinked them', person, unlinked, email, 1, 'found'],
    ['several members have it', person, none, email, 2, 'ambiguous'],
    ['Jira hides it', person, none, { kind: 'hidden', reason: 'hidden' }, 0, 'emailHidden'],
    ['it was not read', person, none, null, 0, 'emailHidden'],
    ['they are an app, even one with a link', app, linked, null, 0, 'notAPerson'],
  ] as const)('%s', (_when, reporter, link, fact, candidates, state) => {
    expect(countedState(reporter, link, fact, candidates)).toBe(state);
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
