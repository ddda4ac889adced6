import { randomUUID } from 'node:crypto';
import { teamAccess } from '../../sandbox/teamAccess';
import { webtriggerContext } from '../../sandbox/forge/webtriggerServer';
import { boardResolver, noteIssueEvent, takeHint } from '../../src';
import type { ReadStep, Result } from '../../src/contract';
import { addSegments, askNow } from './directory';
import { linkedOf, valueOf, type Site } from './site';

/** What was typed on that day, and is to be found in no value of storage. */
export type Typed = { readonly what: string; readonly text: string };

/** What Jira's users, API clients and rules do to a site in one day, over every entry point, failures included. */
export async function playBusyDay(site: Site): Promise<Typed[]> {
  const secrets = await playAdmin(site);
  await playPanel(site);
  await playBoard(site);
  await playRules(site);
  await playApiClient(site, secrets);
  const queries = await playBulk(site);
  await playReadings(site);
  await playFailures(site);
  await playEvents(site);
  await site.tick();
  await site.upkeep();
  await site.platform.queue.idle();
  return [...queries, { what: 'the secret of an API client', text: secrets.secret }];
}

type Secret = { readonly id: string; readonly secret: string };

async function playAdmin(site: Site): Promise<Secret> {
  const { jira, simulator } = site;
  valueOf(await site.admin('admin.save', { settings: site.settings, key: simulator.key }));
  const segmentId = simulator.segments[0]?.id ?? 1;
  valueOf(await site.admin('admin.check', { choices: { segmentId } }));
  await site.proveReads();
  await playTest(site);
  site.proveWrites('move', 'remove', 'add');
  valueOf(await site.admin('admin.saveAccess', teamAccess()));
  valueOf(await site.admin('admin.saveRetention', { days: 90 }));
  valueOf(await site.admin('admin.saveIdentity', { customers: { kind: 'domains', domains: ['trusted.example'] } }));
  valueOf(await site.admin('admin.saveProjects', { keys: ['ACME'] }));
  await site.refreshSlice();
  await site.syncSlice();
  const [first, second] = simulator.members;
  const accountId = jira.issues.at(-1)?.reporterAccountId ?? jira.adminAccountId;
  const pair = { accountId, memberId: first?.id ?? 1 };
  await site.admin('admin.linkReporter', pair);
  await site.admin('admin.unlinkReporter', pair);
  const rows = [{ accountId: jira.adminAccountId, memberId: second?.id ?? 2 }];
  await site.admin('admin.checkImport', { rows, replace: true });
  await site.admin('admin.importLinks', { rows, replace: true });
  await site.admin('admin.findMembers', { query: second?.email ?? '' });
  await site.admin('admin.refreshDirectory');
  return valueOf(await site.admin('admin.createApiClient', { name: 'Build server', acts: ['get', 'move', 'remove'] }));
}

/** A test with a test person, there and back. */
async function playTest(site: Site): Promise<void> {
  const { segments } = valueOf(await site.admin('admin.provingGround', { segmentId: null }));
  const [from, to] = segments.filter(({ members }) => (members ?? 0) > 1);
  const fromSegmentId = from?.id ?? 0;
  const toSegmentId = to?.id ?? 0;
  const { members } = valueOf(await site.admin('admin.provingGround', { segmentId: fromSegmentId }));
  const memberId = members.find(({ segmentIds }) => !segmentIds.includes(toSegmentId))?.id ?? 0;
  const test = { memberId, fromSegmentId, toSegmentId, withAdding: false, withRemoving: false };
  const there = { ...test, step: 'moveThere', operationId: randomUUID(), undoes: null } as const;
  const { entry } = valueOf(await site.admin('admin.testStep', there));
  const back = { ...test, step: 'moveBack', operationId: randomUUID(), undoes: entry.operationId } as const;
  valueOf(await site.admin('admin.testStep', back));
}

/** An event of a new issue by somebody. */
async function playCreated(site: Site, issueId: string, accountId: string): Promise<void> {
  const issue = { id: issueId, fields: { project: { id: '10000' }, reporter: { accountId } } };
  const body = { eventType: 'avi:jira:created:issue', issue };
  await site.app.runFunction(noteIssueEvent, { moduleKey: 'issue-added', body });
}

/** An event of an issue by somebody nobody knows yet, and a hint that something has changed in Shorter Loop. */
async function playEvents(site: Site): Promise<void> {
  const { id } = site.jira.createIssue('ACME-101');
  await playCreated(site, id, '712020:00000000-0000-4000-8000-00000000abcd');
  // Somebody leaves Shorter Loop, which the next refresh finds.
  await site.refreshSlice();
  const isIn = ({ id }: { readonly id: number }): boolean => site.simulator.truth.membershipsOf(id).length > 0;
  const gone = site.simulator.members.findLast(isIn)?.id ?? 0;
  site.simulator.faults.add({ match: { nth: 1 }, fault: { kind: 'memberGone', id: gone } });
  valueOf(await site.admin('admin.refreshDirectory'));
  await site.refreshSlice();
  const { secret } = valueOf(await site.admin('admin.rotateHint'));
  await site.app.runFunction(takeHint, {
    moduleKey: 'shorterloop-hint',
    body: {
      method: 'POST',
      path: '/x1/hook',
      userPath: '',
      headers: { 'x-segments-key': [secret] },
      queryParameters: {},
      body: JSON.stringify({ member: { id: 7 } }),
      ...webtriggerContext('shorterloop-hint'),
    },
  });
}

async function playPanel(site: Site): Promise<void> {
  for (const { id } of site.jira.issues) await site.panel('panel.open', {}, { issueId: id });
  const { member } = linkedOf(valueOf(await site.panel('panel.open', {})));
  const [fromSegmentId = 0] = member.segmentIds;
  const toSegmentId = otherThan(site, fromSegmentId);
  const move = { operationId: randomUUID(), memberId: member.id, fromSegmentId, toSegmentId };
  // Somebody else leaves the segment at the same moment, and is noted.
  const { truth } = site.simulator;
  const isThereAlone = (id: number): boolean => id !== member.id && truth.membershipsOf(id).length === 1;
  const other = truth.membersOf(fromSegmentId)?.find(isThereAlone) ?? 0;
  const leaves = site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'memberGone', id: other } });
  valueOf(await site.panel('panel.move', move));
  leaves.remove();
  valueOf(await site.panel('panel.undo', { operationId: randomUUID(), undoes: move.operationId }));
  await site.panel('panel.searchMembers', { query: site.simulator.members[3]?.email }, adminOf(site));
  await site.panel('panel.unlink', { memberId: member.id }, adminOf(site));
  await site.panel('panel.link', { memberId: member.id }, adminOf(site));
}

async function playBoard(site: Site): Promise<void> {
  const board = (functionKey: string, payload: unknown): Promise<unknown> =>
    site.app.invoke(boardResolver, {
      moduleKey: 'segments-board',
      functionKey,
      payload,
      extension: { project: { key: 'ACME' } },
      ...adminOf(site),
    });
  await board('board.open', {});
  await board('board.reporters', undefined);
  await board('board.count', { page: 0, part: 0, pageToken: null, countId: randomUUID() });
  const memberId = site.jira.memberFor('one')?.id ?? 0;
  const [fromSegmentId = 0] = site.simulator.truth.membershipsOf(memberId);
  const toSegmentId = otherThan(site, fromSegmentId);
  await board('board.move', { operationId: randomUUID(), memberId, fromSegmentId, toSegmentId });
}

async function playRules(site: Site): Promise<void> {
  const issueKey = site.jira.issueFor('one').key;
  const [first, second] = site.simulator.segments;
  await site.action('move-reporter', { issueKey, source: 'any', target: first?.name ?? '' });
  await site.action('get-reporter-segments', { issueKey });
  await site.admin('admin.saveField', { isOn: true, segmentIds: site.simulator.segments.map((one) => one.id) });
  await site.fieldValues(site.jira.issueFor('one').id);
  const { id, reporterAccountId } = site.jira.issueFor('linked');
  await playCreated(site, id, reporterAccountId ?? '');
  await site.admin('admin.saveJql', { isOn: true });
  await site.jql(first?.name ?? '');
  await site.refreshJql();
  // A rule has somebody added whom nobody knows.
  site.prove(['addByEmail']);
  const unknown = { issueKey: site.jira.issueFor('notFound').key, ifUnknown: 'add' };
  await site.action('move-reporter', { ...unknown, source: 'any', target: first?.name ?? '' });
  // Shorter Loop is away: what is asked now has to wait.
  const away = site.simulator.faults.add({ fault: { kind: 'status', code: 503 } });
  await site.action('move-reporter', { issueKey, source: 'any', target: second?.name ?? '' });
  away.remove();
}

async function playApiClient(site: Site, { id, secret }: Secret): Promise<void> {
  const issueKey = site.jira.issueFor('one').key;
  const target = site.simulator.segments[2]?.name ?? '';
  for (const action of ['get', 'move'])
    await site.apiClient(
      { 'x-segments-key': `${id}.${secret}` },
      {
        operationId: `ticket-${randomUUID()}`,
        sentAt: new Date().toISOString(),
        action,
        issueKey,
        source: 'any',
        target,
      },
    );
}

async function playBulk(site: Site): Promise<Typed[]> {
  const { jira, simulator } = site;
  const act = { kind: 'move', from: null, to: simulator.segments[3]?.id ?? 0 } as const;
  const someone = jira.people.find(({ email }) => email !== null);
  const email = simulator.members[7]?.email ?? '';
  const word = 'ConfidentialTakeover';
  const jql = `project = ACME AND reporter != "${someone?.accountId ?? ''}" AND summary !~ "${word} ${email}"`;
  for (const query of ['project = ACME', jql]) {
    const created = await site.bulk('bulk.create', { source: { kind: 'jql', jql: query }, act });
    if (created.kind === 'problem') continue;
    const { runId } = created.value;
    for (let pageToken: string | null = null, pages = 0; pages < 20; pages += 1) {
      const step: Result<ReadStep> = await site.bulk('bulk.read', { runId, kind: 'jql', jql: query, pageToken });
      if (step.kind === 'problem' || step.value.pageToken === null) break;
      ({ pageToken } = step.value);
    }
    await site.bulk('bulk.start', { runId });
    await site.platform.queue.idle();
  }
  return [
    { what: 'a word of a query', text: word },
    { what: 'the address in a query', text: email },
  ];
}

async function playReadings(site: Site): Promise<void> {
  await site.refreshSlice();
  // For a moment there are so many segments that their list does not fit into one value.
  const stop = addSegments(site, 300);
  askNow(site);
  await site.refreshSlice();
  stop();
  askNow(site);
  await site.refreshSlice();
  await site.recovery();
}

async function playFailures(site: Site): Promise<void> {
  const { simulator } = site;
  const { member } = linkedOf(valueOf(await site.panel('panel.open', {})));
  const [fromSegmentId = 0] = member.segmentIds;
  const toSegmentId = otherThan(site, fromSegmentId);
  for (const kind of ['keyRevoked', 'html'] as const) {
    const fault = simulator.faults.add({ match: { route: 'move' }, fault: { kind } });
    const move = { operationId: randomUUID(), memberId: member.id, fromSegmentId, toSegmentId };
    await site.panel('panel.move', move);
    fault.remove();
  }
}

const adminOf = ({ jira }: Site): { readonly accountId: string } => ({ accountId: jira.adminAccountId });

function otherThan({ simulator }: Site, segmentId: number): number {
  return simulator.segments.find(({ id }) => id !== segmentId)?.id ?? 0;
}
