import type { IdentitySettings, Match } from '../../src/contract';
import type { IssueState } from '../../sandbox/jira';
import { createSite, linkedOf, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

const open = async (issue: IssueState): Promise<Match> => valueOf(await site.panel('panel.open', {}, { issue })).match;
const trust = async (customers: IdentitySettings['customers']) =>
  valueOf(await site.admin('admin.saveIdentity', { customers }));
const accountOf = (state: IssueState): string => site.jira.issueFor(state).reporterAccountId ?? '';
const emailOf = (state: IssueState): string => site.jira.memberFor(state)?.email ?? '';
const linkedAccounts = (): string[] => site.platform.kvs.entity('link').map(({ key }) => key);

describe('whom an address links', () => {
  it.each([
    ['customer', 'untrustedAccount'],
    ['inactive', 'inactiveAccount'],
  ] as const)(
    'leaves a reporter of the kind %s to somebody to decide, with the member to choose',
    async (state, reason) => {
      site = await createSite();
      expect(await open(state)).toMatchObject({
        state: 'ambiguous',
        reason,
        candidates: [{ id: site.jira.memberFor(state)?.id }],
      });
      expect(linkedAccounts()).not.toContain(accountOf(state));
    },
  );

  it('does not link a customer whose address Jira hides, whomever it trusts', async () => {
    site = await createSite();
    await trust({ kind: 'all' });
    expect(await open('customerHidden')).toMatchObject({ state: 'emailHidden' });
  });

  it('links customers once an admin trusts all of them, or their very domain', async () => {
    site = await createSite();
    const domain = emailOf('customer').split('@')[1] ?? '';
    await trust({ kind: 'domains', domains: [`sub.${domain}`, 'elsewhere.example'] });
    expect(await open('customer')).toMatchObject({ state: 'ambiguous', reason: 'untrustedAccount' });
    await trust({ kind: 'domains', domains: ['elsewhere.example', `@${domain.toUpperCase()}`] });
    expect(await open('customer')).toMatchObject({ state: 'linked', link: { how: 'email' } });
  });

  it('links nobody in user resources that know no customers, and says why', async () => {
    site = await createSite({ customers: 'leftOut' });
    await trust({ kind: 'all' });
    expect(await open('customer')).toMatchObject({ state: 'emailHidden', reason: 'hidden' });
  });

  it('gives a member no second account, trusted or not', async () => {
    site = await createSite();
    linkedOf(valueOf(await site.panel('panel.open', {}, { issue: 'one' })));
    await trust({ kind: 'all' });
    expect(await open('secondAccount')).toMatchObject({
      state: 'ambiguous',
      reason: 'memberLinked',
      candidates: [{ id: site.jira.memberFor('one')?.id }],
    });
  });

  it('gives a member one account when two are looked at in the same moment, though queries lag', async () => {
    site = await createSite();
    await trust({ kind: 'all' });
    site.platform.kvs.setQueryLagMs(60_000);
    const matches = await Promise.all([open('one'), open('secondAccount')]);
    expect(matches.map(({ state }) => state).sort()).toEqual(['ambiguous', 'linked']);
    expect(
      linkedAccounts().filter((key) => key === accountOf('one') || key === accountOf('secondAccount')),
    ).toHaveLength(1);
  });

  it('takes a member’s address for its other form', async () => {
    site = await createSite();
    const member = site.jira.memberFor('one');
    site.simulator.changeMember(member?.id ?? 0, { email: 'ann@xn--bcher-kva.example' });
    site.jira.setPerson(accountOf('one'), { email: 'Ann@B\u00fccher.example' });
    expect(await open('one')).toMatchObject({ state: 'linked', member: { id: member?.id } });
  });

  it('shows that a reporter is deactivated, and moves them all the same once they are linked by hand', async () => {
    site = await createSite();
    const memberId = site.jira.memberFor('inactive')?.id;
    const view = valueOf(await site.panel('panel.open', {}, { issue: 'inactive' }));
    expect(view.reporter).toMatchObject({ accountId: accountOf('inactive'), isInactive: true });
    const who = { issue: 'inactive', accountId: site.jira.adminAccountId };
    linkedOf(valueOf(await site.panel('panel.link', { memberId }, who)));
    expect(valueOf(await site.panel('panel.open', {}, { issue: 'one' })).reporter).toMatchObject({ isInactive: false });
  });
});

describe('the setting of whom to trust', () => {
  it('is nobody until an admin says otherwise, and keeps domains as they are compared', async () => {
    site = await createSite();
    expect(valueOf(await site.admin('admin.identity'))).toEqual({ customers: { kind: 'none' }, isAutomatic: true });
    const saved = await trust({
      kind: 'domains',
      domains: ['@B\u00fccher.example', ' ACME.example', 'acme.example.', '\uff20acme.example'],
    });
    expect(saved.customers).toEqual({ kind: 'domains', domains: ['xn--bcher-kva.example', 'acme.example'] });
    expect(valueOf(await site.admin('admin.identity'))).toEqual(saved);
  });

  it.each([['example'], ['a b.example'], ['*.example'], ['acme.example/'], ['ann@acme.example'], ['\u212ann.example']])(
    'refuses %s, which is no domain',
    async (domain) => {
      site = await createSite();
      expect(
        problemOf(await site.admin('admin.saveIdentity', { customers: { kind: 'domains', domains: [domain] } })),
      ).toMatchObject({ code: 'invalidInput', reason: { code: 'notADomain' } });
    },
  );

  it('refuses an empty list, and whoever does not administer Jira', async () => {
    site = await createSite();
    expect(
      problemOf(await site.admin('admin.saveIdentity', { customers: { kind: 'domains', domains: [] } })),
    ).toMatchObject({ code: 'invalidInput', field: 'customers.domains' });
    expect(
      problemOf(await site.admin('admin.saveIdentity', { customers: { kind: 'all' } }, site.jira.defaultAccountId)),
    ).toMatchObject({ code: 'notPermitted' });
  });
});
