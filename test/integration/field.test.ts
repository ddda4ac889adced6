import { randomUUID } from 'node:crypto';
import { boardResolver, reporterSegments } from '../../src';
import type { FieldView } from '../../src/contract';
import { createSite, valueOf, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ extraReporters: 30, refreshes: true, events: true, queueSecondMs: 20 });
  await site.platform.queue.idle();
});
afterEach(async () => site.stop());

/** What every issue holds, by key. */
function held(): Record<string, readonly string[]> {
  const [field] = site.jira.fieldValues.fields;
  return Object.fromEntries(
    site.jira.issues.flatMap(({ id, key }) => {
      const values = site.jira.fieldValues.of(id)[field?.id ?? ''];
      return values == null ? [] : [[key, values]];
    }),
  );
}

/** What the truth says every issue should hold. */
async function wanted(segmentIds: readonly number[]): Promise<Record<string, readonly string[]>> {
  const { segments, members } = site.simulator.truth.snapshot();
  const links = new Map<string, number>();
  const page = valueOf(await site.admin('admin.exportLinks', { after: null }));
  for (const { accountId, memberId } of page.links) links.set(accountId, memberId);
  return Object.fromEntries(
    site.jira.issues.flatMap(({ key, reporterAccountId }) => {
      const memberId = reporterAccountId === null ? undefined : links.get(reporterAccountId);
      const member = members.find(({ id }) => id === memberId);
      const names = segments
        .filter(({ id }) => segmentIds.includes(id) && member?.segmentIds.includes(id) === true)
        .map(({ name }) => name)
        .sort();
      return names.length === 0 ? [] : [[key, names]];
    }),
  );
}

const allSegments = (): number[] => site.simulator.truth.snapshot().segments.map(({ id }) => id);
async function switchOn(segmentIds: readonly number[]): Promise<FieldView> {
  const saved = valueOf(await site.admin('admin.saveField', { isOn: true, segmentIds }));
  await site.platform.queue.idle();
  return saved;
}
async function tellAll(): Promise<void> {
  await site.events.idle();
  await site.platform.queue.idle();
  // Seconds of the queue pass quickly here; those of the clock do not.
  for (const key of ['looks-awake-until', 'field-awake-until']) site.platform.kvs.handle('/api/v1/delete', { key });
}
async function linkCrowd(): Promise<void> {
  const rows = site.jira.crowd.map(({ accountId, member }) => ({ accountId, memberId: member.id }));
  valueOf(await site.admin('admin.importLinks', { rows, replace: true }));
  await site.platform.queue.idle();
}

describe('the field Reporter segments', () => {
  it('is off, and empty, until an admin chooses what it shows', async () => {
    await linkCrowd();
    expect(valueOf(await site.admin('admin.field')).progress).toEqual({ kind: 'off' });
    expect(held()).toEqual({});
    expect(site.jira.calls().filter(({ path }) => path.includes('/app/field/value'))).toEqual([]);
  });

  it('holds the chosen segments of every reporter, and asks nothing of Shorter Loop for it', async () => {
    await linkCrowd();
    const before = site.simulator.requests().length;
    const chosen = allSegments().slice(0, 3);
    await switchOn(chosen);
    expect(held()).toEqual(await wanted(chosen));
    expect(Object.keys(held()).length).toBeGreaterThan(10);
    expect(site.simulator.requests().length).toBe(before);
    expect(valueOf(await site.admin('admin.field')).progress).toMatchObject({ kind: 'done' });
  });

  it('follows a move by the app at once, and writes nothing where nothing changed', async () => {
    await linkCrowd();
    await switchOn(allSegments());
    const written = site.jira.fieldValues.written();
    const view = valueOf(await site.panel('panel.open', undefined, { issue: 'linked' }));
    if (view.match.state !== 'linked') throw new Error('The reporter is linked');
    const [from = 0] = view.match.member.segmentIds;
    const to = allSegments().find((id) => view.match.state === 'linked' && !view.match.member.segmentIds.includes(id));
    valueOf(
      await site.panel(
        'panel.move',
        {
          operationId: '11111111-1111-4111-8111-111111111111',
          memberId: view.match.member.id,
          fromSegmentId: from,
          toSegmentId: to,
        },
        { issue: 'linked' },
      ),
    );
    await site.platform.queue.idle();
    expect(held()).toEqual(await wanted(allSegments()));
    expect(site.jira.fieldValues.written() - written).toBe(1);
  });

  /** Somebody leaves Shorter Loop: the next list that names them does so no more. Answers their work item's key. */
  function letOneLeave(): string {
    const [one] = site.jira.crowd;
    if (one === undefined) throw new Error('There is a crowd');
    site.simulator.faults.add({ match: { nth: 1 }, fault: { kind: 'memberGone', id: one.member.id } });
    return one.issueKey;
  }

  it('follows what was changed in Shorter Loop with the next refresh of the directory', async () => {
    await linkCrowd();
    await switchOn(allSegments());
    const issueKey = letOneLeave();
    expect(held()[issueKey]).toBeDefined();
    valueOf(await site.admin('admin.refreshDirectory'));
    await site.platform.queue.idle();
    await site.tick();
    await site.platform.queue.idle();
    expect(held()[issueKey]).toBeUndefined();
    expect(held()).toEqual(await wanted(allSegments()));
  });

  it('follows it also where a later refresh found nothing more before the field was looked at', async () => {
    await linkCrowd();
    await switchOn(allSegments());
    const issueKey = letOneLeave();
    for (let refreshes = 0; refreshes < 2; refreshes += 1) {
      valueOf(await site.admin('admin.refreshDirectory'));
      await site.platform.queue.idle();
    }
    await site.tick();
    await site.platform.queue.idle();
    expect(held()[issueKey]).toBeUndefined();
    expect(held()).toEqual(await wanted(allSegments()));
  });

  it('is emptied everywhere when it is switched off', async () => {
    await linkCrowd();
    await switchOn(allSegments());
    valueOf(await site.admin('admin.saveField', { isOn: false, segmentIds: allSegments() }));
    await site.platform.queue.idle();
    expect(held()).toEqual({});
    expect(valueOf(await site.admin('admin.field')).progress).toEqual({ kind: 'off' });
  });

  it('is emptied where somebody was unlinked', async () => {
    await linkCrowd();
    await switchOn(allSegments());
    const [one] = site.jira.crowd;
    if (one === undefined) throw new Error('There is a crowd');
    valueOf(await site.admin('admin.unlinkReporter', { accountId: one.accountId, memberId: one.member.id }));
    await site.platform.queue.idle();
    expect(held()[one.issueKey]).toBeUndefined();
    expect(held()).toEqual(await wanted(allSegments()));
  });

  it('is told to Jira whenever a work item is opened, in the order asked for', async () => {
    await linkCrowd();
    await switchOn(allSegments());
    const [one, other] = site.jira.crowd;
    const ids = [one, other].map((who) => site.jira.issues.find(({ key }) => key === who?.issueKey)?.id ?? '');
    const told = await site.fieldValues(...ids, '999999');
    const should = await wanted(allSegments());
    expect(told).toEqual([should[one?.issueKey ?? ''] ?? null, should[other?.issueKey ?? ''] ?? null, null]);
  });
});

describe('a question of Jira for values', () => {
  it('of which one work item has another form is answered for the others, each in its place', async () => {
    await linkCrowd();
    await switchOn(allSegments());
    const [one] = site.jira.crowd;
    const id = site.jira.issues.find(({ key }) => key === one?.issueKey)?.id ?? '';
    const issues = [null, { id: {}, value: ['Kept'] }, { id: Number(id), value: 7 }, 'text', { id: null, value: null }];
    const body = { field: site.jira.fieldValues.fields[0], issues };
    const told = await site.app.runFunction(reporterSegments, { moduleKey: 'reporter-segments', body });
    expect(told).toEqual([null, ['Kept'], (await wanted(allSegments()))[one?.issueKey ?? ''], null, null]);
  });
});

describe('the field of an issue that changes', () => {
  beforeEach(async () => {
    await linkCrowd();
    await switchOn(allSegments());
  });

  it('is filled when it is created, follows another reporter, and is empty without one', async () => {
    const [one, other] = site.jira.crowd;
    const { key } = site.jira.createIssue(one?.issueKey ?? '');
    await tellAll();
    expect(held()[key]).toEqual(held()[one?.issueKey ?? '']);
    site.jira.setReporter(site.jira.adminAccountId, key, other?.accountId ?? '');
    await tellAll();
    expect(held()[key]).toEqual(held()[other?.issueKey ?? '']);
    site.jira.setReporter(site.jira.adminAccountId, key, null);
    await tellAll();
    expect(held()[key]).toBeUndefined();
    expect(held()).toEqual(await wanted(allSegments()));
  });
});

it('is emptied where the reporter went just before it was switched off', async () => {
  await linkCrowd();
  await switchOn(allSegments());
  const key = site.jira.crowd[0]?.issueKey ?? '';
  expect(held()[key]).toBeDefined();
  site.jira.setReporter(site.jira.adminAccountId, key, null);
  valueOf(await site.admin('admin.saveField', { isOn: false, segmentIds: allSegments() }));
  await site.platform.queue.idle();
  await tellAll();
  await site.tick();
  await site.platform.queue.idle();
  expect(held()).toEqual({});
});

it('leaves somebody due of whose work items a later page is refused, and fills them the next time', async () => {
  await linkCrowd();
  let pages = 0;
  const undo = site.platform.intercept(async (call, proceed) => {
    if (call.kind !== 'jira' || !call.path.includes('/search/jql')) return undefined;
    pages += 1;
    if (pages > 1) return { status: 400, headers: {}, body: JSON.stringify({ errorMessages: ['token'] }) };
    const answer = await proceed();
    return {
      ...answer,
      body: JSON.stringify({ ...JSON.parse(String(answer.body)), nextPageToken: 'gone', isLast: false }),
    };
  });
  await switchOn(allSegments());
  expect(pages).toBe(2);
  expect(valueOf(await site.admin('admin.field')).progress).toMatchObject({ kind: 'filling' });
  undo();
  await site.tick();
  await site.platform.queue.idle();
  expect(held()).toEqual(await wanted(allSegments()));
});

it('follows a move and an adding on the board in every work item of the reporter', async () => {
  await site.stop();
  site = await createSite({ extraIssues: 900, refreshes: true, settings: { canAdd: true } });
  const { reporterAccountId } = site.jira.issueFor('linked');
  const own = site.jira.issues.filter((issue) => issue.reporterAccountId === reporterAccountId);
  expect(own.length).toBeGreaterThan(30);
  await switchOn(allSegments());
  const memberId = site.jira.memberFor('linked')?.id ?? 0;
  const here = () => site.simulator.truth.membershipsOf(memberId);
  for (const functionKey of ['board.move', 'board.add'] as const) {
    const written = site.jira.fieldValues.written();
    const payload = {
      fromSegmentId: here()[0],
      toSegmentId: allSegments().find((id) => !here().includes(id)),
      writes: [{ operationId: randomUUID(), memberId }],
    };
    const extension = { project: { id: '10000', key: 'ACME' } };
    const accountId = site.jira.defaultAccountId;
    await site.app.invoke(boardResolver, { moduleKey: 'segments-board', functionKey, payload, extension, accountId });
    expect(here()).toContain(payload.toSegmentId);
    await site.platform.queue.idle();
    expect(held()).toEqual(await wanted(allSegments()));
    expect(site.jira.fieldValues.written() - written).toBe(own.length);
  }
});

it('asks once for somebody with a link whose account is closed, and again only once that changes', async () => {
  await linkCrowd();
  const [closed] = site.jira.crowd;
  let asked = 0;
  site.platform.intercept((call, _proceed, { body }) => {
    if (call.kind !== 'jira' || !call.path.includes('/search/jql')) return undefined;
    if (body?.includes(closed?.accountId ?? 'nobody') !== true) return undefined;
    asked += 1;
    return { status: 400, headers: {}, body: JSON.stringify({ errorMessages: ['No such user'] }) };
  });
  await switchOn(allSegments());
  expect(asked).toBeGreaterThan(0);
  asked = 0;
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + 25 * 3_600_000);
  await site.tick();
  await site.platform.queue.idle();
  expect(asked).toBe(0);
  valueOf(await site.admin('admin.unlinkReporter', { accountId: closed?.accountId, memberId: closed?.member.id }));
  await site.platform.queue.idle();
  expect(asked).toBeGreaterThan(0);
});

it('fills a hundred work items that are created at once with few runs and few questions', async () => {
  await linkCrowd();
  await switchOn(allSegments());
  const [one] = site.jira.crowd;
  const runs = new Set<string>();
  let asked = 0;
  site.platform.intercept(({ functionKey, invocationId, path }) => {
    if (functionKey !== 'field-fn') return undefined;
    runs.add(invocationId);
    if (path.includes('/issue/bulkfetch')) asked += 1;
    return undefined;
  });
  for (let nth = 0; nth < 100; nth += 1) site.jira.createIssue(one?.issueKey ?? '');
  await tellAll();
  expect(held()).toEqual(await wanted(allSegments()));
  expect(runs.size).toBeLessThanOrEqual(4);
  expect(asked).toBeLessThanOrEqual(8);
  expect(site.platform.kvs.plain().filter(({ key }) => key.startsWith('field-issue:'))).toEqual([]);
});

it('fills what an event told of whose run was lost with the next tick', async () => {
  await linkCrowd();
  await switchOn(allSegments());
  site.platform.queue.setDelivery({ loses: ({ queueName }) => queueName === 'field' });
  const { key } = site.jira.createIssue(site.jira.crowd[0]?.issueKey ?? '');
  await tellAll();
  expect(held()[key]).toBeUndefined();
  site.platform.queue.setDelivery({});
  await site.tick();
  await tellAll();
  expect(held()).toEqual(await wanted(allSegments()));
});

it('holds what was chosen last, though a write of what was chosen before comes after it', async () => {
  await linkCrowd();
  await site.platform.queue.idle();
  let release: (() => void) | undefined;
  const isHeld = new Promise<void>((resolve) => {
    const heal = site.platform.intercept(async ({ path }, proceed) => {
      if (!path.includes('/app/field/value')) return undefined;
      heal();
      resolve();
      await new Promise<void>((go) => {
        release = go;
      });
      return proceed();
    });
  });
  const [first = 0, ...others] = allSegments();
  valueOf(await site.admin('admin.saveField', { isOn: true, segmentIds: [first] }));
  await isHeld;
  valueOf(await site.admin('admin.saveField', { isOn: true, segmentIds: others }));
  await site.tick();
  const isFilled = (): boolean => Object.keys(held()).length > 10;
  for (let tries = 0; !isFilled() && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isFilled()).toBe(true);
  release?.();
  await site.platform.queue.idle();
  await site.tick();
  await site.platform.queue.idle();
  expect(held()).toEqual(await wanted(others));
});
