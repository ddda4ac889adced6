import { randomUUID } from 'node:crypto';
import { boardResolver } from '../../src';
import type { BoardWritten, Result } from '../../src/contract';
import { refusesLate, replaces, showsLate, type OddServer } from '../support/oddServers';
import { createSite, linkedOf, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

/** How pages, rules and web requests tell of a write that Shorter Loop accepted and does not show yet. */

const LATE_MS = 30_000;
let site: Site;
let time: VirtualTime;
beforeEach(() => {
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(async () => {
  time.stop();
  await site.stop();
  jest.restoreAllMocks();
});

async function prepare(odd: OddServer) {
  site = await createSite({ offline: true });
  time = startVirtualTime();
  const view = valueOf(await time.until(site.panel('panel.open', {})));
  const { member } = linkedOf(view);
  const { id, secret } = valueOf(
    await time.until(site.admin('admin.createApiClient', { name: 'Desk', acts: ['move', 'get'] })),
  );
  site.platform.intercept(odd(site));
  const [from = 0] = member.segmentIds;
  const to = view.segments.find((segment) => !member.segmentIds.includes(segment.id))?.id ?? 0;
  const rule = { issueKey: 'ACME-101', source: String(from), target: String(to) };
  return { member, from, to, rule, key: { 'x-segments-key': `${id}.${secret}` } };
}

function board(payload: unknown): Promise<Result<BoardWritten>> {
  const extension = { project: { id: '10000', key: 'ACME' } };
  const accountId = site.jira.defaultAccountId;
  return time.until(
    site.app.invoke(boardResolver, {
      moduleKey: 'segments-board',
      functionKey: 'board.move',
      payload,
      extension,
      accountId,
    }) as Promise<Result<BoardWritten>>,
  );
}

describe('what was accepted and is not visible yet', () => {
  it('is told with its answer in the panel, where checking again asks Shorter Loop and settles it', async () => {
    const { member, from, to } = await prepare(showsLate(LATE_MS));
    const payload = { operationId: randomUUID(), memberId: member.id, fromSegmentId: from, toSegmentId: to };
    const { entry } = valueOf(await time.until(site.panel('panel.move', payload)));
    expect(entry).toMatchObject({ state: 'undecided', answer: { status: 200, cause: null }, strays: null });
    const readThrough = async () => valueOf(await time.until(site.panel('panel.readThrough', {})));
    expect((await readThrough()).history).toMatchObject([{ state: 'undecided', answer: { cause: null } }]);
    await time.pass(LATE_MS);
    const asked = site.simulator.requests().length;
    const { history, match } = await readThrough();
    expect(site.simulator.requests().length).toBeGreaterThan(asked);
    expect(history).toMatchObject([{ state: 'finished', members: [{ outcome: 'confirmed' }] }]);
    expect(match).toMatchObject({ state: 'linked', member: { segmentIds: [to] } });
  });

  it('is under way on the board, however often it is asked about, and confirmed once it shows', async () => {
    const { member, from, to } = await prepare(showsLate(LATE_MS));
    const writes = [{ operationId: randomUUID(), memberId: member.id }];
    const ask = async () => valueOf(await board({ fromSegmentId: from, toSegmentId: to, writes })).results;
    const open = [{ ...writes[0], kind: 'underWay', state: 'undecided', isAccepted: true }];
    expect(await ask()).toEqual(open);
    expect(await ask()).toEqual(open);
    expect(site.simulator.requests().filter(({ route }) => route === 'move')).toEqual([]);
    await time.pass(LATE_MS);
    expect(await ask()).toMatchObject([{ kind: 'written', outcome: 'confirmed' }]);
  });

  it('is an outcome of its own in a rule, and the app goes on with it', async () => {
    const { member, rule } = await prepare(showsLate(LATE_MS));
    expect(await time.until(site.action('move-reporter', rule))).toEqual({
      outcome: 'accepted',
      message: expect.stringContaining('accepted the change and does not show it yet'),
      memberId: member.id,
      operationId: expect.any(String),
      reason: null,
    });
  });

  it('is queued in a rule where Shorter Loop said no in an answer of success, and done once it shows', async () => {
    const { member, to, rule, key } = await prepare(refusesLate(LATE_MS));
    expect(await time.until(site.action('move-reporter', rule))).toMatchObject({
      outcome: 'queued',
      message: expect.stringContaining('it is not known yet what became of it'),
    });
    const body = { ...rule, operationId: randomUUID(), sentAt: new Date().toISOString(), action: 'move' };
    expect(await time.until(site.apiClient(key, body))).toMatchObject({ statusCode: 202 });
    await time.pass(6 * 60_000);
    await time.until(site.recovery());
    expect(site.simulator.truth.membershipsOf(member.id)).toEqual([to]);
    expect(site.simulator.truth.writes()).toHaveLength(1);
  });

  it('is 202 for a web request, for the first one and for the same once more', async () => {
    const { rule, key } = await prepare(showsLate(LATE_MS));
    const body = { ...rule, operationId: randomUUID(), sentAt: new Date().toISOString(), action: 'move' };
    const ask = () => time.until(site.apiClient(key, body));
    expect(await ask()).toEqual({
      statusCode: 202,
      body: {
        outcome: 'accepted',
        message: expect.stringContaining('does not show it yet'),
        operationId: expect.any(String),
      },
    });
    expect(await ask()).toEqual({
      statusCode: 202,
      body: { message: expect.stringMatching(/asked before.+does not show it yet/) },
    });
  });
});

it('tells a panel in numbers who else was changed beside a removal', async () => {
  const { member, from } = await prepare(replaces);
  const others = (site.simulator.truth.membersOf(from) ?? []).length - 1;
  const payload = { operationId: randomUUID(), memberId: member.id, fromSegmentId: from };
  const { entry, view } = valueOf(await time.until(site.panel('panel.remove', payload)));
  const segment = { id: from, name: expect.any(String) };
  expect(entry.strays).toEqual({
    counts: [{ segment, what: 'missing', who: 'others', count: others }],
    isMore: false,
  });
  // Who it was is for admins.
  expect(JSON.stringify({ entry, view })).not.toContain('"missing":[');
});
