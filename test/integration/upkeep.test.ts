import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { processRun, performUpkeep, purge } from '../../src';
import { ACCOUNT_PLACES } from '../../src/adapters/store';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger } from '../support/ledgerRows';
import { createSite, linkedOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

const put = (entityName: string, key: string, value: object) =>
  site.platform.kvs.handle('/api/v1/entity/set', { entityName, key, value });
const link = (accountId: string, byAccountId: string, memberId = 1) =>
  put('link', accountId, { state: 'linked', memberId, how: 'manual', byAccountId, atMs: 1_000 });
const waiting = (key: string, actorAccountId: string, reporterAccountId: string) =>
  put('queued-change', key, {
    state: 'failed',
    kind: 'remove',
    source: '1',
    entryPoint: 'automation',
    actorAccountId,
    reporterAccountId,
    issueId: '1',
    issueKey: 'ACME-1',
    askedAtMs: 1,
    notBeforeMs: 1,
    attempt: 1,
    failure: 'saidNo',
  });
const reported = (): string[] => site.platform.personalData.reported.map(({ accountId }) => accountId);
const everything = (): string => JSON.stringify(site.platform.kvs.snapshot());
async function emptySite(): Promise<void> {
  site = await createSite({ offline: true, queueSecondMs: 1 });
  for (const { key } of site.platform.kvs.entity('link'))
    site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'link', key });
}

describe('the daily report of account ids', () => {
  it('tells every account that is stored anywhere, each once, at most 90 in a report and one report at a time', async () => {
    await emptySite();
    for (let nth = 0; nth < 230; nth += 1) link(`linked-${nth}`, 'linker');
    fillLedger(
      site,
      Array.from({ length: 120 }, (_, nth) =>
        ledgerEntry({
          operationId: `op-${nth}`,
          actorAccountId: 'actor',
          reporterAccountId: `reporter-${nth}`,
          intendedAtMs: Date.now(),
        }),
      ),
    );
    waiting('w', 'rule-owner', 'waiting-reporter');
    valueOf(await site.admin('admin.createApiClient', { name: 'Tool', acts: ['get'] }));
    let running = 0;
    let most = 0;
    site.platform.intercept(async (call, proceed) => {
      if (call.kind !== 'privacy') return undefined;
      most = Math.max(most, (running += 1));
      const answer = await proceed();
      running -= 1;
      return answer;
    });
    await site.upkeep();
    const told = reported();
    expect(new Set(told)).toEqual(
      new Set([
        'linker',
        'actor',
        'rule-owner',
        'waiting-reporter',
        site.jira.adminAccountId,
        ...Array.from({ length: 230 }, (_, nth) => `linked-${nth}`),
        ...Array.from({ length: 120 }, (_, nth) => `reporter-${nth}`),
      ]),
    );
    expect(told).toHaveLength(new Set(told).size);
    expect(most).toBe(1);
    expect(valueOf(await site.admin('admin.privacy'))).toMatchObject({
      cycle: { finishedAtMs: expect.any(Number), reported: told.length, erased: 0 },
      ledgerDays: 365,
    });
  });

  it('is not made again before its round is over, and then in full', async () => {
    await emptySite();
    link('someone', 'someone-else');
    await site.upkeep();
    const once = reported().length;
    await site.upkeep();
    expect(reported()).toHaveLength(once);
    const cycle = site.platform.kvs.plain().find(({ key }) => key === 'personal-data-cycle')?.value as object;
    site.platform.kvs.handle('/api/v1/set', {
      key: 'personal-data-cycle',
      value: { ...cycle, startedAtMs: Date.now() - 7 * 86_400_000 + 1_000_000 },
    });
    await site.upkeep();
    expect(reported()).toHaveLength(once);
    site.platform.kvs.handle('/api/v1/set', {
      key: 'personal-data-cycle',
      value: { ...cycle, startedAtMs: Date.now() - 7 * 86_400_000 },
    });
    await site.upkeep();
    expect(reported()).toHaveLength(2 * once);
  });

  it('goes on where it came to a halt, and survives being delivered twice and out of order', async () => {
    await emptySite();
    for (let nth = 0; nth < 120; nth += 1) link(`linked-${nth}`, 'linker');
    site.platform.queue.setDelivery({ copies: () => 2, order: 'reversed' });
    let failures = 2;
    site.platform.intercept((call) =>
      call.kind === 'privacy' && (failures -= 1) >= 0 ? { status: 503, headers: {}, body: '' } : undefined,
    );
    const errors = jest.spyOn(console, 'error').mockReturnValue();
    await site.upkeep();
    expect(new Set(reported())).toEqual(
      new Set(['linker', site.jira.adminAccountId, ...Array.from({ length: 120 }, (_, nth) => `linked-${nth}`)]),
    );
    expect(JSON.stringify(errors.mock.calls)).not.toContain('linked-');
  });

  it('erases a closed account wherever it stands, and nobody else', async () => {
    await emptySite();
    link('closed', 'other');
    link('friend', 'closed', 2);
    const entries = Array.from({ length: 60 }, (_, nth) =>
      ledgerEntry({
        operationId: `op-${nth}`,
        actorAccountId: nth % 2 === 0 ? 'closed' : 'other',
        reporterAccountId: nth % 3 === 0 ? 'closed' : 'friend',
        intendedAtMs: Date.now(),
      }),
    );
    fillLedger(site, entries);
    waiting('w1', 'closed', 'friend');
    waiting('w2', 'other', 'closed');
    const settings = site.platform.kvs.plain().find(({ key }) => key === 'settings')?.value as object;
    site.platform.kvs.handle('/api/v1/set', { key: 'settings', value: { ...settings, savedByAccountId: 'closed' } });
    put('api-client', 'h1', {
      name: 'Tool',
      acts: ['get'],
      secretHash: 'x',
      createdAtMs: 1,
      createdByAccountId: 'closed',
    });
    site.platform.personalData.change('closed', 'closed');
    await site.upkeep();
    expect(everything()).not.toContain('"closed"');
    expect(site.platform.kvs.entity('link')).toEqual([
      { key: 'friend', value: expect.objectContaining({ memberId: 2, byAccountId: 'erased' }) },
    ]);
    const actors = site.platform.kvs
      .entity('ledger')
      .map(({ value }) => z.object({ actorAccountId: z.string() }).parse(value).actorAccountId);
    expect([
      actors.length,
      actors.filter((id) => id === 'erased').length,
      actors.filter((id) => id === 'other').length,
    ]).toEqual([60, 30, 30]);
    expect(valueOf(await site.admin('admin.privacy')).cycle).toMatchObject({ erased: 1 });
  });

  it('leaves a mark of someone of a bulk run in their place, so that the run goes on and adds up', async () => {
    await emptySite();
    put('run', 'run-1', {
      version: 1,
      state: 'finished',
      createdAtMs: Date.now(),
      createdByAccountId: 'closed',
      revision: 's',
      body: {},
    });
    const person = (accountId: string, place: number) =>
      put('run-person', `run-1:${accountId}`, {
        runId: 'run-1',
        accountId,
        groupNumber: 1,
        place,
        memberId: place,
        verdict: 'willWrite',
        result: 'confirmed',
      });
    person('closed', 1);
    person('friend', 2);
    site.platform.personalData.change('closed', 'closed');
    await site.upkeep();
    expect(reported()).toEqual(expect.arrayContaining(['closed', 'friend']));
    expect(everything()).not.toContain('"closed"');
    expect(everything()).not.toContain(':closed');
    const people = site.platform.kvs.entity('run-person').map(({ value }) => value);
    expect(people).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          accountId: 'erased:1:1',
          groupNumber: 1,
          place: 1,
          memberId: 1,
          result: 'confirmed',
        }),
        expect.objectContaining({ accountId: 'friend', place: 2 }),
      ]),
    );
    const before = reported().length;
    await site.upkeep();
    expect([people.length, reported().length]).toEqual([2, before]);
  });

  it('leaves a row alone that changes at that very moment', async () => {
    await emptySite();
    link('friend', 'closed', 2);
    site.platform.personalData.change('closed', 'closed');
    site.platform.intercept((call) => {
      if (call.path.endsWith('/transaction'))
        put('link', 'friend', { state: 'linked', memberId: 3, how: 'manual', byAccountId: 'other', atMs: 2_000 });
      return undefined;
    });
    await site.upkeep();
    expect(site.platform.kvs.entity('link')).toEqual([
      { key: 'friend', value: expect.objectContaining({ memberId: 3, byAccountId: 'other' }) },
    ]);
  });

  it('tells of an account whose profile changed as seen now, once it was told so', async () => {
    await emptySite();
    link('changed', 'changed');
    site.platform.personalData.change('changed', 'updated');
    await site.upkeep();
    const row = site.platform.kvs.entity('account').find(({ key }) => key === 'changed')?.value;
    expect(z.object({ updatedAtMs: z.number() }).parse(row).updatedAtMs).toBeGreaterThan(Date.now() - 60_000);
    expect(site.platform.kvs.entity('link')).toHaveLength(1);
  });
});

describe('a run of upkeep with little time left', () => {
  it('does a page before it asks for the next run, so that the round ends', async () => {
    await emptySite();
    for (let nth = 0; nth < 120; nth += 1) link(`linked-${nth}`, 'linker');
    fillLedger(
      site,
      Array.from({ length: 230 }, (_, nth) => ledgerEntry({ operationId: `old-${nth}`, intendedAtMs: 1_000 + nth })),
    );
    const runs = async (task: string): Promise<number> => {
      for (let nth = 1; nth <= 30; nth += 1) {
        site.platform.clearRecords();
        await site.app.runFunction(performUpkeep, {
          moduleKey: 'upkeep-runs',
          body: { body: { task } },
          limitMs: 30_000,
        });
        if (!site.platform.calls.some(({ kind }) => kind === 'queue')) return nth;
        site.platform.queue.reset();
      }
      return Number.POSITIVE_INFINITY;
    };
    expect(await runs('sweep')).toBeLessThanOrEqual(3);
    expect(site.platform.kvs.entity('ledger')).toEqual([]);
    // A page for each kind of row, one more for the links, and the settings at last.
    expect(await runs('report')).toBeLessThanOrEqual(ACCOUNT_PLACES.length + 4);
    expect(new Set(reported()).size).toBe(122);
  });

  it('tells nobody again when its event comes once more after the round is over', async () => {
    await emptySite();
    link('someone', 'someone-else');
    await site.upkeep();
    const once = reported().length;
    await site.app.runFunction(performUpkeep, { moduleKey: 'upkeep-runs', body: { body: { task: 'report' } } });
    expect(reported()).toHaveLength(once);
  });

  it('begins a round that is due in a few minutes when it is due, not a day later', async () => {
    await emptySite();
    await site.upkeep();
    const cycle = site.platform.kvs.plain().find(({ key }) => key === 'personal-data-cycle')?.value as object;
    site.platform.kvs.handle('/api/v1/set', {
      key: 'personal-data-cycle',
      value: { ...cycle, startedAtMs: Date.now() - 7 * 86_400_000 + 300_000 },
    });
    const delays: unknown[] = [];
    site.platform.intercept((call, _proceed, init) => {
      if (call.kind === 'queue')
        delays.push(
          ...z
            .object({ payload: z.array(z.object({ body: z.unknown(), delayInSeconds: z.number().optional() })) })
            .parse(JSON.parse(init.body ?? '{}')).payload,
        );
      return undefined;
    });
    await site.upkeep();
    const report = delays.find((event) => JSON.stringify(event).includes('report'));
    expect(z.object({ delayInSeconds: z.number() }).parse(report).delayInSeconds).toBeGreaterThan(290);
  });

  it('forgets an event without a task, so that it is not delivered for a day', async () => {
    await emptySite();
    jest.spyOn(console, 'error').mockReturnValue();
    await expect(
      site.app.runFunction(performUpkeep, { moduleKey: 'upkeep-runs', body: { body: { task: 'nonsense' } } }),
    ).resolves.toBeUndefined();
    await expect(
      site.app.runFunction(processRun, { moduleKey: 'bulk-worker', body: { body: {} } }),
    ).resolves.toBeUndefined();
  });
});

describe('the daily sweep of bulk runs', () => {
  const day = 86_400_000;
  const bodySchema = z.looseObject({ body: z.record(z.string(), z.unknown()) });
  /** Stores a run like the one that was made, with a person who is counted and one whom a lost step left behind. */
  function seed(key: string, createdDaysAgo: number, change: object, ofBody: object = {}): void {
    const row = bodySchema.parse(site.platform.kvs.entity('run')[0]?.value);
    const createdAtMs = Date.now() - createdDaysAgo * day;
    put('run', key, { ...row, createdAtMs, ...change, body: { ...row.body, ...ofBody } });
    for (const [accountId, groupNumber] of [
      ['one', 1],
      ['lost', 7],
    ] as const)
      put('run-person', `${key}:${accountId}`, {
        runId: key,
        accountId,
        groupNumber,
        place: 1,
        verdict: 'willWrite',
      });
  }
  const keys = (entity: string): string[] =>
    site.platform.kvs
      .entity(entity)
      .map(({ key }) => key)
      .sort();
  beforeEach(async () => {
    site = await createSite({ offline: true, queueSecondMs: 1 });
    valueOf(
      await site.bulk('bulk.create', {
        source: { kind: 'accounts' },
        act: { kind: 'move', from: null, to: site.simulator.segments[0]?.id },
      }),
    );
  });

  it('deletes those whose time is over, with their people, and none that still runs or was ended later', async () => {
    const [{ key: made } = { key: '' }] = site.platform.kvs.entity('run');
    const at = (daysAgo: number): number => Date.now() - daysAgo * day;
    seed('preview', 91, { state: 'ready' });
    seed('resting', 200, { state: 'paused' }, { startedAtMs: at(91), pause: { by: 'user' } });
    seed('ended', 181, { state: 'finished' }, { startedAtMs: at(92), finishedAtMs: at(91) });
    seed('runs', 91, { state: 'running' });
    seed('started-late', 178, { state: 'finished' }, { startedAtMs: at(89), finishedAtMs: at(89) });
    seed('younger', 89, { state: 'ready' });
    await site.upkeep();
    const kept = ['runs', 'started-late', 'younger'];
    expect(keys('run')).toEqual([made, ...kept].sort());
    expect(keys('run-person')).toEqual(kept.flatMap((key) => [`${key}:lost`, `${key}:one`]).sort());
  });

  it('takes the people first: a run is still there when one of them could not be deleted', async () => {
    seed('ended', 181, { state: 'finished' }, { finishedAtMs: Date.now() - 91 * day });
    let fails = true;
    site.platform.intercept(({ path: asked }) =>
      fails && asked.includes('batch/delete')
        ? { status: 500, headers: { 'content-type': 'application/json' }, body: '{}' }
        : undefined,
    );
    const sweep = () =>
      site.app.runFunction(performUpkeep, { moduleKey: 'upkeep-runs', body: { body: { task: 'runs' } } });
    await expect(sweep()).rejects.toThrow();
    expect(keys('run')).toContain('ended');
    fails = false;
    await sweep();
    expect([keys('run').includes('ended'), keys('run-person')]).toEqual([false, []]);
  });

  it('goes on where it stopped in a run of many people', async () => {
    seed('ended', 181, { state: 'finished' }, { finishedAtMs: Date.now() - 91 * day });
    for (let nth = 0; nth < 450; nth += 1)
      put('run-person', `ended:${nth}`, {
        runId: 'ended',
        accountId: String(nth),
        groupNumber: 0,
        place: nth + 1,
        verdict: 'notFound',
      });
    await site.upkeep();
    expect([keys('run').includes('ended'), keys('run-person')]).toEqual([false, []]);
  });
});

describe('the places where account ids are kept', () => {
  const entitySchema = z.array(
    z.object({
      name: z.string(),
      attributes: z.record(z.string(), z.unknown()),
      indexes: z.array(z.unknown()).default([]),
    }),
  );
  const manifestSchema = z.object({ app: z.object({ storage: z.object({ entities: entitySchema }) }) });
  const { entities } = manifestSchema.parse(parse(readFileSync(path.join(__dirname, '../../manifest.yml'), 'utf8'))).app
    .storage;

  it('are all that manifest.yml has', async () => {
    site = await createSite({ offline: true });
    // An attribute that repeats the key goes with its row.
    const isCopy = (name: string, attribute: string): boolean =>
      attribute === 'accountId' && ACCOUNT_PLACES.some(({ entity, key }) => entity === name && key === 'account');
    const declared = entities.flatMap(({ name, attributes }) =>
      Object.keys(attributes)
        .filter((attribute) => /accountId$/i.test(attribute) && !isCopy(name, attribute))
        .map((attribute) => `${name}.${attribute}`),
    );
    expect(
      ACCOUNT_PLACES.flatMap(({ entity, attributes }) =>
        attributes.map((attribute) => `${entity}.${attribute}`),
      ).sort(),
    ).toEqual(declared.sort());
  });

  it('name attributes and indexes that there are', async () => {
    site = await createSite({ offline: true });
    for (const { entity, at, guard, indexes } of ACCOUNT_PLACES) {
      const found = entities.find(({ name }) => name === entity);
      expect(Object.keys(found?.attributes ?? {})).toEqual(expect.arrayContaining(at === null ? [guard] : [at, guard]));
      for (const [attribute, name] of Object.entries(indexes))
        expect(found?.indexes).toContainEqual(expect.objectContaining({ name, partition: [attribute] }));
    }
  });
});

describe('uninstalling', () => {
  /** Purges without the half minute that is kept for those who were about to write. */
  const uninstall = (pause: (ms: number) => Promise<void> = () => Promise.resolve()): Promise<unknown> =>
    site.app.runFunction(() => purge({}, {}, pause), { moduleKey: 'purge' });
  const isPurged = (): void => {
    expect(site.platform.kvs.secretNames()).toEqual([]);
    for (const entity of ['api-client', 'queued-change', 'change-queue', 'queue-admission'])
      expect({ entity, rows: site.platform.kvs.entity(entity) }).toEqual({ entity, rows: [] });
  };
  const clientRow = (createdAtMs: number): object => ({
    name: 'Tool',
    acts: ['get'],
    secretHash: 'x',
    createdAtMs,
    createdByAccountId: 'admin',
  });

  it('deletes what opens an entry point at once: the API key and every API client', async () => {
    site = await createSite({ offline: true });
    valueOf(await site.admin('admin.createApiClient', { name: 'Tool', acts: ['get'] }));
    linkedOf(valueOf(await site.panel('panel.open', {})));
    await uninstall();
    isPurged();
    await expect(uninstall()).resolves.toBeUndefined();
  });

  it('deletes all of them, however many, those that can not be read and what waits', async () => {
    await emptySite();
    for (let nth = 0; nth < 260; nth += 1) put('api-client', `client-${nth}`, clientRow(nth));
    put('api-client', 'odd', { name: 'Odd' });
    for (let nth = 0; nth < 120; nth += 1) waiting(`w-${nth}`, 'actor', `reporter-${nth}`);
    put('change-queue', 'reporter-1', { requests: ['w-1'], revision: 'r' });
    site.platform.kvs.handle('/api/v1/secret/set', { key: 'directory-key', value: { key: 'a2V5' } });
    await uninstall();
    isPurged();
  });

  it('has runs rest until somebody resumes them', async () => {
    await emptySite();
    const { runId } = valueOf(
      await site.bulk('bulk.create', {
        source: { kind: 'accounts' },
        act: { kind: 'move', from: null, to: site.simulator.segments[0]?.id },
      }),
    );
    const row = z
      .looseObject({ body: z.looseObject({}) })
      .parse(site.platform.kvs.entity('run').find(({ key }) => key === runId)?.value);
    put('run', 'running', { ...row, state: 'running' });
    put('run', 'resting', {
      ...row,
      state: 'paused',
      body: { ...row.body, pause: { by: 'app', problem: { code: 'storage' } } },
    });
    await uninstall();
    expect(site.platform.kvs.entity('run').map(({ value }) => value)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ state: 'reading' }),
        ...['running', 'resting'].map(() =>
          expect.objectContaining({ state: 'paused', body: expect.objectContaining({ pause: { by: 'user' } }) }),
        ),
      ]),
    );
  });

  it.each(['/secret/delete', '/entity/query', '/batch/delete', '/v1/query'])(
    'tries again what failed, and goes on with the rest meanwhile: %s',
    async (path) => {
      await emptySite();
      const errors = jest.spyOn(console, 'error').mockReturnValue();
      for (let nth = 0; nth < 30; nth += 1) put('api-client', `client-${nth}`, clientRow(nth));
      waiting('w', 'actor', 'reporter');
      let failures = 3;
      site.platform.intercept((call) =>
        call.path.endsWith(path) && (failures -= 1) >= 0 ? { status: 500, headers: {}, body: '{}' } : undefined,
      );
      const pauses: number[] = [];
      await uninstall((ms) => Promise.resolve(void pauses.push(ms)));
      isPurged();
      expect(failures).toBeLessThan(3);
      expect(pauses.at(-1)).toBe(26_000);
      expect(JSON.stringify(errors.mock.calls)).not.toContain('client-');
    },
  );

  it('does the rest where one part fails for good, and comes to an end', async () => {
    await emptySite();
    jest.spyOn(console, 'error').mockReturnValue();
    put('api-client', 'client', clientRow(1));
    site.platform.intercept((call) =>
      call.path.endsWith('/secret/delete') ? { status: 500, headers: {}, body: '{}' } : undefined,
    );
    await expect(uninstall()).resolves.toBeUndefined();
    expect(site.platform.kvs.entity('api-client')).toEqual([]);
  });

  it('takes what somebody stored at that very moment too', async () => {
    await emptySite();
    await uninstall((ms) => {
      // A page's function that was at work when the app was uninstalled.
      if (ms === 26_000) put('api-client', 'late', clientRow(Date.now()));
      return Promise.resolve();
    });
    isPurged();
  });
});
