import { randomUUID } from 'node:crypto';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(async () => {
  await site.platform.queue.idle();
  await site.stop();
});

const idOf = (state: 'many'): string => site.jira.issueFor(state).reporterAccountId ?? '';
const linkOf = (accountId: string): unknown =>
  site.platform.kvs.entity('link').find(({ key }) => key === accountId)?.value;

async function open(isAutomatic: boolean): Promise<{ readonly source: string; readonly target: string }> {
  site = await createSite({ offline: true, queueSecondMs: 20 });
  await site.refreshSlice();
  valueOf(await site.admin('admin.setAutomatic', { isAutomatic }));
  const segmentIds = site.jira.memberFor('many')?.segmentIds ?? [];
  const other = site.simulator.segments.find(({ id }) => !segmentIds.includes(id));
  return { source: String(segmentIds[0]), target: String(other?.id) };
}

async function callerWith(body: Record<string, unknown>): Promise<unknown> {
  const acts = ['move', 'get'] as const;
  const { id, secret } = valueOf(await site.admin('admin.createApiClient', { name: 'Desk', acts }));
  const sent = { operationId: randomUUID(), sentAt: new Date().toISOString(), ...body };
  return site.apiClient({ 'x-segments-key': `${id}.${secret}` }, sent);
}

const issueKey = (): string => site.jira.issueFor('many').key;

/** Everything beside the panel and the sync that has to find out who a reporter is. */
const DOORS: readonly (readonly [string, (ends: { source: string; target: string }) => Promise<unknown>])[] = [
  ['a rule that moves', (ends) => site.action('move-reporter', { issueKey: issueKey(), ...ends })],
  ['a rule or an agent that asks', () => site.action('get-reporter-segments', { issueKey: issueKey() })],
  ['an API client that moves', (ends) => callerWith({ action: 'move', issueKey: issueKey(), ...ends })],
  ['an API client that asks', () => callerWith({ action: 'get', issueKey: issueKey() })],
];

describe('whoever has to find a reporter', () => {
  it.each(DOORS)('links them when they are certain: %s', async (_door, ask) => {
    await ask(await open(true));
    await site.platform.queue.idle();
    expect(linkOf(idOf('many'))).toMatchObject({
      state: 'linked',
      how: 'email',
      memberId: site.jira.memberFor('many')?.id,
    });
  });

  it.each(DOORS)(
    'links nobody while linking is not automatic, and does what it is asked for all the same: %s',
    async (door, ask) => {
      await ask(await open(false));
      await site.platform.queue.idle();
      expect(linkOf(idOf('many'))).toBeUndefined();
      expect(site.simulator.truth.writes().map(({ kind }) => kind)).toEqual(door.endsWith('moves') ? ['move'] : []);
    },
  );
});

describe('the bulk page', () => {
  const known = async () => valueOf(await site.bulk('bulk.known'));

  it('says how many reporters are known, before the sync and after it, and who may decide', async () => {
    await open(true);
    expect(await known()).toMatchObject({ phase: 'waiting', reporters: 0, linked: 0, mayReview: false });
    await site.syncSlice();
    const { counts } = valueOf(await site.admin('admin.sync'));
    const told = await known();
    expect(told).toMatchObject({ phase: 'done', review: 3, leftOut: 5, mayReview: true });
    expect(told?.linked).toBe(counts.linked.reporters + counts.memberGone.reporters);
    expect(problemOf(await site.bulk('bulk.known', undefined, site.jira.defaultAccountId))).toMatchObject({
      code: 'notPermitted',
    });
  });

  it('says nothing more once everybody is linked and every link fits', async () => {
    await open(true);
    await site.syncSlice();
    const { counts } = valueOf(await site.admin('admin.sync'));
    expect(counts.memberGone.reporters).toBe(1);
    const row = site.platform.kvs.entity('identity-sync').find(({ key }) => key === 'counts');
    const linked = { reporters: 10, issues: 20 };
    const store = (stored: object) =>
      site.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'identity-sync',
        key: 'counts',
        value: { ...Object(row?.value), counts: stored },
      });
    store({ linked });
    expect(await known()).toBeNull();
    store({ linked, memberGone: { reporters: 1, issues: 1 } });
    expect(await known()).toMatchObject({ reporters: 11, linked: 11, marked: 1, review: 0, mayReview: true });
  });
});

describe('the question whose address counts', () => {
  const question = async () => valueOf(await site.admin('admin.identityQuestion'));

  it('is open until an admin answers it, whatever they switch before', async () => {
    await open(false);
    expect(await question()).toEqual({
      isOpen: true,
      settings: { customers: { kind: 'none' }, isAutomatic: false },
    });
    valueOf(await site.admin('admin.setAutomatic', { isAutomatic: true }));
    expect((await question()).isOpen).toBe(true);
    valueOf(await site.admin('admin.saveIdentity', { customers: { kind: 'none' } }));
    expect(await question()).toEqual({
      isOpen: false,
      settings: { customers: { kind: 'none' }, isAutomatic: true },
    });
    valueOf(await site.admin('admin.setAutomatic', { isAutomatic: false }));
    expect((await question()).isOpen).toBe(false);
  });
});
