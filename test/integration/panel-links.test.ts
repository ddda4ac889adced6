import { createSite, linkedOf, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite();
});
afterEach(() => site.stop());

describe('linking by hand', () => {
  it('links one of two who share an e-mail, says by whom, and takes it back for good', async () => {
    const { match } = valueOf(await site.panel('panel.open', {}, { issue: 'ambiguous' }));
    const memberId = match.state === 'ambiguous' ? (match.candidates[1]?.id ?? 0) : 0;
    const linked = valueOf(await site.panel('panel.link', { memberId }, { issue: 'ambiguous' }));
    expect(linkedOf(linked)).toMatchObject({
      member: { id: memberId },
      link: { how: 'manual', byAccountId: site.jira.defaultAccountId },
    });
    expect(linkedOf(valueOf(await site.panel('panel.open', {}, { issue: 'ambiguous' }))).member.id).toBe(memberId);
    expect(problemOf(await site.panel('panel.unlink', { memberId: memberId + 1 }, { issue: 'ambiguous' }))).toEqual({
      code: 'stale',
      reason: 'linkChanged',
    });
    expect(valueOf(await site.panel('panel.unlink', { memberId }, { issue: 'ambiguous' })).match.state).toBe(
      'ambiguous',
    );
    expect(problemOf(await site.panel('panel.unlink', { memberId }, { issue: 'ambiguous' }))).toEqual({
      code: 'notLinked',
    });
  });

  it('offers whom it would find, and does not link them, after they were unlinked', async () => {
    const { member } = linkedOf(valueOf(await site.panel('panel.open', {})));
    expect(valueOf(await site.panel('panel.unlink', { memberId: member.id })).match).toEqual({
      state: 'found',
      member,
    });
    expect(valueOf(await site.panel('panel.open', {})).match.state).toBe('found');
    expect(linkedOf(valueOf(await site.panel('panel.link', { memberId: member.id }))).link.how).toBe('manual');
  });

  it('refuses a member that no segment has', async () => {
    expect(problemOf(await site.panel('panel.link', { memberId: 999_999 }))).toEqual({
      code: 'invalidInput',
      field: 'memberId',
      reason: { code: 'inNoSegment' },
    });
  });

  it('searches by name, whole e-mail and id, and never answers an e-mail', async () => {
    const [someone] = site.simulator.members.filter(({ id }) => site.simulator.truth.membershipsOf(id).length > 0);
    if (someone === undefined) throw new Error('The seed has no members');
    for (const query of [someone.lastName, someone.email.toUpperCase(), `#${String(someone.id)}`]) {
      const result = valueOf(await site.panel('panel.searchMembers', { query }, { issue: 'emailHidden' }));
      expect(result.members.map(({ id }) => id)).toContain(someone.id);
      expect(JSON.stringify(result)).not.toContain('@');
    }
  });

  it('lets a link stand that someone made while the app was about to make its own', async () => {
    const reporterAccountId = site.jira.issueFor('one').reporterAccountId ?? '';
    const other = site.simulator.members.at(-1)?.id ?? 0;
    site.platform.intercept(({ kind, path }) => {
      if (kind === 'kvs' && path === '/api/v1/entity/set') {
        const value = { state: 'linked', memberId: other, how: 'manual', byAccountId: 'someone', atMs: 1 };
        site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'link', key: reporterAccountId, value });
      }
      return undefined;
    });
    expect(linkedOf(valueOf(await site.panel('panel.open', {}))).member.id).toBe(other);
  });
});
