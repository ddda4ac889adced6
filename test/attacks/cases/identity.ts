import { randomUUID } from 'node:crypto';
import type { Match } from '../../../src/contract';
import type { IssueState } from '../../../sandbox/jira';
import { createSite, valueOf, type Site, type SiteOptions } from '../../support/site';
import type { Attack } from '../attack';

type Lab = {
  readonly site: Site;
  readonly accountOf: (state: IssueState) => string;
  /** The member that the reporter of a state is meant to be. */
  readonly memberOf: (state: IssueState) => number;
  readonly open: (state: IssueState) => Promise<Match>;
  readonly linkOf: (state: IssueState) => unknown;
};

async function inLab(work: (lab: Lab) => Promise<string | null>, options: SiteOptions = {}): Promise<string | null> {
  const site = await createSite({ offline: true, ...options });
  const accountOf = (state: IssueState): string => site.jira.issueFor(state).reporterAccountId ?? '';
  try {
    return await work({
      site,
      accountOf,
      memberOf: (state) => site.jira.memberFor(state)?.id ?? 0,
      open: async (state) => valueOf(await site.panel('panel.open', {}, { issue: state })).match,
      linkOf: (state) => site.platform.kvs.entity('link').find(({ key }) => key === accountOf(state))?.value,
    });
  } finally {
    await site.stop();
  }
}

/** An attack that comes to a link between an account and a member who is somebody else. */
function takenFor(match: Match, memberId: number): string | null {
  return match.state === 'linked' && match.member.id === memberId ? `It is linked to member ${memberId}.` : null;
}

/** Gives an account the address of a member, as whoever signs up may. */
function pose(lab: Lab, state: IssueState, email: string, accountType: 'atlassian' | 'customer' = 'customer'): void {
  lab.site.jira.setPerson(lab.accountOf(state), { email, accountType, active: true, emailVisibility: 'everyone' });
}

/** The stranger of the sandbox, whose address no member has, poses with an address that only looks like a member's. */
function lookalike(name: string, real: string, posed: string): Attack {
  return {
    finding: 'H4',
    name,
    play: () =>
      inLab(async (lab) => {
        const memberId = lab.memberOf('one');
        lab.site.simulator.changeMember(memberId, { email: real });
        pose(lab, 'notFound', posed, 'atlassian');
        return takenFor(await lab.open('notFound'), memberId);
      }),
  };
}

/** What asks about a portal customer with a VIP's address. */
const WAYS: readonly { readonly name: string; readonly ask: (lab: Lab) => Promise<unknown> }[] = [
  { name: 'the panel', ask: ({ open }) => open('notFound') },
  {
    name: 'a rule that moves them',
    ask: async ({ site }) => {
      const [from, to] = site.simulator.segments;
      const issueKey = site.jira.issueFor('notFound').key;
      return site.action('move-reporter', { issueKey, source: String(from?.id), target: String(to?.id) });
    },
  },
  {
    name: 'a rule that reads their segments',
    ask: ({ site }) => site.action('get-reporter-segments', { issueKey: site.jira.issueFor('notFound').key }),
  },
  {
    name: 'an API client',
    ask: async ({ site }) => {
      const { id, secret } = valueOf(
        await site.admin('admin.createApiClient', { name: 'Desk', acts: ['move', 'remove', 'get'] }),
      );
      const asked = { operationId: randomUUID(), sentAt: new Date().toISOString(), action: 'get' };
      const issueKey = site.jira.issueFor('notFound').key;
      return site.apiClient({ 'x-segments-key': `${id}.${secret}` }, { ...asked, issueKey });
    },
  },
  {
    name: 'the People tab',
    ask: async ({ site, accountOf, memberOf }) => {
      const { match } = valueOf(await site.admin('admin.reporter', { accountId: accountOf('notFound') }));
      return match.state === 'found' ? { memberId: memberOf('one') } : null;
    },
  },
];

const BY_EVERY_WAY: readonly Attack[] = WAYS.map(({ name, ask }) => ({
  finding: 'H4',
  name: `a portal customer with a VIP’s address is not linked by ${name}`,
  play: () =>
    inLab(async (lab) => {
      const vip = lab.memberOf('one');
      pose(lab, 'notFound', lab.site.jira.memberFor('one')?.email ?? '');
      const writes = lab.site.simulator.truth.writes().length;
      const told = await ask(lab);
      if (lab.linkOf('notFound') !== undefined) return `The account is linked to member ${vip}.`;
      if (lab.site.simulator.truth.writes().length !== writes) return 'The VIP was moved.';
      const isKnown = JSON.stringify(told).includes(`"memberId":${vip}`);
      return isKnown ? 'The account is taken for the VIP.' : null;
    }),
}));

const COUNTED: Attack = {
  finding: 'H4',
  name: 'a bulk preview takes no portal customer for a VIP',
  play: () =>
    inLab(async (lab) => {
      pose(lab, 'notFound', lab.site.jira.memberFor('one')?.email ?? '');
      const [segment] = lab.site.simulator.segments;
      const { runId } = valueOf(
        await lab.site.bulk('bulk.create', {
          source: { kind: 'accounts' },
          act: { kind: 'move', from: null, to: segment?.id ?? 0 },
        }),
      );
      const accountIds = [lab.accountOf('notFound'), lab.accountOf('secondAccount')];
      valueOf(await lab.site.bulk('bulk.read', { runId, kind: 'accounts', accountIds, isLast: true }));
      const rows = JSON.stringify(lab.site.platform.kvs.entity('run-person').map(({ value }) => value));
      return rows.includes(`"memberId":${lab.memberOf('one')}`) ? 'The VIP stands in the run.' : null;
    }),
};

const TWO_ACCOUNTS: readonly Attack[] = [
  {
    finding: 'H4',
    name: 'two accounts of one address, looked at in the same moment, are not both linked',
    rounds: 20,
    play: () =>
      inLab(async (lab) => {
        valueOf(await lab.site.admin('admin.saveIdentity', { customers: { kind: 'all' } }));
        lab.site.platform.kvs.setQueryLagMs(60_000);
        await Promise.all([lab.open('one'), lab.open('secondAccount'), lab.open('one'), lab.open('secondAccount')]);
        const both = lab.linkOf('one') !== undefined && lab.linkOf('secondAccount') !== undefined;
        return both ? 'One member has two accounts.' : null;
      }),
  },
  {
    finding: 'H4',
    name: 'a second account with the address of a member who is linked by hand is not linked',
    play: () =>
      inLab(async (lab) => {
        valueOf(await lab.site.admin('admin.saveIdentity', { customers: { kind: 'all' } }));
        const memberId = lab.memberOf('one');
        valueOf(await lab.site.admin('admin.linkReporter', { accountId: lab.accountOf('one'), memberId }));
        return takenFor(await lab.open('secondAccount'), memberId);
      }),
  },
  {
    finding: 'H4',
    name: 'an address that two members share links to neither',
    play: () =>
      inLab(async (lab) => {
        const match = await lab.open('ambiguous');
        return match.state === 'linked' ? `It is linked to member ${match.member.id}.` : null;
      }),
  },
];

const LATER: readonly Attack[] = [
  {
    finding: 'H4',
    name: 'an address that is changed to a VIP’s after the link moves no link',
    play: () =>
      inLab(async (lab) => {
        const vip = lab.memberOf('many');
        await lab.open('one');
        pose(lab, 'one', lab.site.jira.memberFor('many')?.email ?? '', 'atlassian');
        return takenFor(await lab.open('one'), vip);
      }),
  },
  {
    finding: 'H4',
    name: 'a stranger who takes over the address of a linked member gets no part of the link',
    play: () =>
      inLab(async (lab) => {
        const memberId = lab.memberOf('one');
        const email = lab.site.jira.memberFor('one')?.email ?? '';
        await lab.open('one');
        lab.site.jira.setPerson(lab.accountOf('one'), { email: 'moved.on@acme.example' });
        pose(lab, 'notFound', email, 'atlassian');
        return takenFor(await lab.open('notFound'), memberId);
      }),
  },
  {
    finding: 'H4',
    name: 'somebody who was unlinked by hand is not linked again by a look',
    play: () =>
      inLab(async (lab) => {
        const memberId = lab.memberOf('one');
        await lab.open('one');
        valueOf(await lab.site.admin('admin.unlinkReporter', { accountId: lab.accountOf('one'), memberId }));
        const matches = await Promise.all([lab.open('one'), lab.open('one')]);
        return takenFor(matches[0], memberId) ?? takenFor(await lab.open('one'), memberId);
      }),
  },
  {
    finding: 'H4',
    name: 'a look that began before somebody was unlinked does not link them again',
    rounds: 20,
    play: () =>
      inLab(async (lab) => {
        const memberId = lab.memberOf('one');
        valueOf(await lab.site.admin('admin.linkReporter', { accountId: lab.accountOf('one'), memberId }));
        await Promise.all([
          lab.open('one'),
          lab.site.admin('admin.unlinkReporter', { accountId: lab.accountOf('one'), memberId }),
          lab.open('one'),
        ]);
        return takenFor(await lab.open('one'), memberId);
      }),
  },
  {
    finding: 'H4',
    name: 'a deactivated account with a member’s address is not linked',
    play: () => inLab(async (lab) => takenFor(await lab.open('inactive'), lab.memberOf('inactive'))),
  },
  {
    finding: 'H4',
    name: 'a trusted domain lets nobody in from its subdomains or its lookalikes',
    play: () =>
      inLab(async (lab) => {
        const customers = { kind: 'domains', domains: ['bank.example'] } as const;
        valueOf(await lab.site.admin('admin.saveIdentity', { customers }));
        const memberId = lab.memberOf('one');
        for (const email of ['v@sub.bank.example', 'v@ban\u212a.example', 'v@notbank.example', 'v@bank.example.evil']) {
          lab.site.simulator.changeMember(memberId, { email });
          pose(lab, 'notFound', email);
          const taken = takenFor(await lab.open('notFound'), memberId);
          if (taken !== null) return `${email}: ${taken}`;
        }
        return null;
      }),
  },
];

const LOOKALIKES: readonly Attack[] = [
  lookalike('a KELVIN SIGN is no k', 'bok@acme.example', 'bo\u212a@acme.example'),
  lookalike('a KELVIN SIGN is no k in a domain', 'vip@bank.example', 'vip@ban\u212a.example'),
  lookalike('a dotless i is no i', 'bill@acme.example', 'b\u0131ll@acme.example'),
  lookalike('a sharp s is no ss', 'strasse@acme.example', 'stra\u00dfe@acme.example'),
  lookalike('a Cyrillic letter is no Latin one', 'vip@acme.example', 'vip@\u0430cme.example'),
  lookalike('a full-width letter is no ASCII one', 'vip@acme.example', 'vip@\uff41cme.example'),
  lookalike('an ideographic full stop is no full stop', 'vip@acme.example', 'vip@acme\u3002example'),
  lookalike('a blank of no width is not nothing', 'vip@acme.example', 'v\u200bip@acme.example'),
];

const VIEWERS: readonly Attack[] = [
  {
    finding: 'M7',
    name: 'a viewer is told the names of no segments but those that the reporter is in',
    play: () =>
      inLab(async ({ site, memberOf }) => {
        await site.panel('panel.open', {});
        const theirs = site.simulator.truth.membershipsOf(memberOf('one'));
        const viewer = { accountId: site.jira.viewerAccountId };
        const views = [await site.panel('panel.open', {}, viewer), await site.panel('panel.readThrough', {}, viewer)];
        const told = views.flatMap((view) => valueOf(view).segments);
        const others = told.filter(({ id }) => !theirs.includes(id)).map(({ name }) => name);
        if (told.length === 0) return 'The viewer is not even told where the reporter is.';
        return others.length > 0 ? `The viewer is told of ${others.join(', ')}.` : null;
      }),
  },
  {
    finding: 'M7',
    name: 'a member whose name is an address shows none in panel, search and People tab',
    play: () =>
      inLab(async ({ site, memberOf }) => {
        const memberId = memberOf('one');
        const address = 'secret.person@private.example';
        site.simulator.changeMember(memberId, { firstName: address, lastName: '' });
        const [segmentId] = site.simulator.truth.membershipsOf(memberId);
        const admin = { accountId: site.jira.adminAccountId };
        const told = await Promise.all([
          site.panel('panel.open', {}),
          site.panel('panel.searchMembers', { query: `#${memberId}` }, admin),
          site.admin('admin.findMembers', { query: String(memberId), segmentId: segmentId ?? null }),
        ]);
        return JSON.stringify(told).includes('private.example') ? 'An address is shown.' : null;
      }),
  },
];

export const attacks: readonly Attack[] = [
  ...BY_EVERY_WAY,
  COUNTED,
  ...TWO_ACCOUNTS,
  ...LATER,
  ...LOOKALIKES,
  ...VIEWERS,
];
