import path from 'node:path';
import { refuseAttribute } from '../../sandbox/forge/rules/attributes';
import { readManifest } from '../../sandbox/forge/manifest';
import { newRun } from '../../src/domain/runs';
import { writeReported } from '../../src/adapters/store/accounts';
import { markDue } from '../../src/adapters/store/fieldRows';
import { addPendingLook } from '../../src/adapters/store/pendingLooks';
import { incrementFailure } from '../../src/adapters/store/failures';
import { writeApiClient } from '../../src/adapters/store/apiClients';
import { writeJiraSpending } from '../../src/adapters/store/jiraPoints';
import { storeLease } from '../../src/adapters/store/leases';
import { readEntry, recordIntended } from '../../src/adapters/store/ledger';
import { writeLink } from '../../src/adapters/store/links';
import { contestMember } from '../../src/adapters/store/memberClaims';
import { readMember, writeMembers } from '../../src/adapters/store/members';
import { writeTokenBucket } from '../../src/adapters/store/tokenBucket';
import { readRefresh, takeRefresh, writeRefresh } from '../../src/adapters/store/refresh';
import { noteReporters } from '../../src/adapters/store/noteReporters';
import { readRunPeople, writeRunPeople } from '../../src/adapters/store/runPeople';
import { createRun, readRun } from '../../src/adapters/store/runs';
import { enqueue } from '../../src/adapters/store/changeQueue';
import { ledgerEntry } from '../support/ledgerEntry';
import { runPerson } from '../support/runPerson';
import { createSite, type Site } from '../support/site';

const NOW_MS = 1_790_000_000_000;
/** The largest id that the contract lets Shorter Loop have. */
const ID = Number.MAX_SAFE_INTEGER;
const ACCOUNT = '712020:5a5b1c2d-0000-4000-8000-000000000001';
const OPERATION = '11111111-1111-4111-8111-111111111111';
const SEGMENT = { id: ID, name: 'Beta testers' };
const ENTRY = ledgerEntry({
  kind: 'add',
  to: SEGMENT,
  operationId: OPERATION,
  state: 'intended',
  members: [{ memberId: ID, outcome: null, reason: null }],
  form: null,
  answer: { status: null, cause: 'network', count: null },
  intendedAtMs: NOW_MS,
  finishedAtMs: null,
});
const RUN = {
  ...newRun(
    {
      runId: 'run-1',
      source: { kind: 'accounts' },
      queryName: null,
      act: { kind: 'move', from: null, to: SEGMENT },
      createdByAccountId: ACCOUNT,
    },
    NOW_MS,
  ),
  pause: { by: 'app', problem: { code: 'shorterLoop', cause: 'network', status: null, retryAfterMs: null } },
} as const;
const PERSON = runPerson({ accountId: ACCOUNT, group: 0, memberId: null, verdict: 'alreadyThere' });
const CHANGE = {
  requestId: 'request-1',
  state: 'queued',
  kind: 'remove',
  source: '',
  target: null,
  entryPoint: 'automation',
  actorAccountId: ACCOUNT,
  apiClientId: null,
  reporterAccountId: ACCOUNT,
  issueId: '10001',
  issueKey: 'ACME-101',
  askedAtMs: NOW_MS,
  notBeforeMs: NOW_MS,
  attempt: 1,
  failure: null,
} as const;
const REPORTER = {
  accountId: ACCOUNT,
  state: 'untrustedAccount',
  memberId: ID,
  emailKey: 'key',
  domain: 'acme.example',
  issues: { cycleId: 'cycle-1', projectId: '10000', numbers: [101, 99] },
} as const;
const REFRESH = {
  current: {
    source: { apiOrigin: 'https://api.shorterloop.com', initiativeId: ID },
    startedAtMs: NOW_MS,
    phase: 'syncing',
    segments: [{ ...SEGMENT, members: null, readAtMs: null }],
    leaving: [],
    changed: 0,
  },
  last: null,
  failure: { problem: { code: 'shorterLoop', cause: 'timeout', status: null, retryAfterMs: null }, atMs: NOW_MS },
  rosters: [ID],
  untilMs: 0,
} as const;

/** For each entity of manifest.yml, the app's own writer with values as a site has them: large ids, times, and everything null that can be. */
const WRITERS: Readonly<Record<string, () => Promise<unknown>>> = {
  link: () => writeLink(ACCOUNT, ID, 'email', { byAccountId: null, atMs: NOW_MS, entryPoint: 'app', issue: null }),
  'member-claim': () => contestMember(ID, ACCOUNT, 'k'.repeat(43), NOW_MS),
  reporter: () => noteReporters([REPORTER]),
  'identity-sync': () => noteReporters([REPORTER]),
  field: () => markDue([ACCOUNT], NOW_MS),
  'pending-look': () => addPendingLook(ACCOUNT, '10001', NOW_MS),
  ledger: () => recordIntended(ENTRY),
  lease: () => storeLease(ID, null, { operationId: OPERATION, earlier: null, untilMs: NOW_MS }),
  'queued-change': () => enqueue(CHANGE),
  'change-queue': () => enqueue(CHANGE),
  // With an API client there are two, of the same form.
  'queue-admission': () => enqueue({ ...CHANGE, apiClientId: null }),
  'api-client': () =>
    writeApiClient({
      id: 'hook-1',
      name: 'Zapier',
      acts: ['move'],
      secretHash: 'ab'.repeat(32),
      createdAtMs: NOW_MS,
      createdByAccountId: ACCOUNT,
      lastUsedAtMs: null,
    }),
  member: () => writeMembers([{ memberId: ID, segmentIds: [ID], emailKey: null, updatedAtMs: NOW_MS }]),
  refresh: async () => {
    const taken = await takeRefresh(NOW_MS, NOW_MS + 1);
    if (taken !== null) await writeRefresh(taken, REFRESH);
  },
  run: () => createRun(RUN),
  'run-person': () => writeRunPeople('run-1', [PERSON]),
  account: () => writeReported([{ accountId: ACCOUNT, reportedAtMs: NOW_MS, updatedAtMs: NOW_MS }]),
  failure: () => incrementFailure('storage', NOW_MS),
  'jira-budget': () => writeJiraSpending(null, { hourMs: NOW_MS, points: 101, stoppedUntilMs: 0 }),
  'rate-limit': () =>
    writeTokenBucket(null, { tokens: 0, atMs: NOW_MS, intervalMs: 0.25, closedUntilMs: 0, slowedAtMs: 0 }),
};

const { entities } = readManifest(path.join(__dirname, '../..'));

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true, fresh: true });
  for (const { name } of entities)
    for (const { key } of site.platform.kvs.entity(name))
      site.platform.kvs.handle('/api/v1/entity/delete', { entityName: name, key });
});
afterEach(() => site.stop());

test('each entity of manifest.yml has a row here', () => {
  expect(Object.keys(WRITERS).sort()).toEqual(entities.map(({ name }) => name).sort());
});

test.each(entities.map((entity) => [entity.name, entity] as const))(
  'a lifelike row of %s is one that Forge takes',
  async (name, { attributes }) => {
    await site.app.runAs({ moduleKey: 'tick' }, () => WRITERS[name]?.() ?? Promise.resolve());
    const rows = site.platform.kvs.entity(name).map(({ value }) => Object.entries(value as object));
    expect(rows).toHaveLength(1);
    for (const [attribute, value] of rows.flat() as [string, unknown][]) {
      const declared = attributes[attribute];
      expect({
        attribute,
        refusal: declared === undefined ? 'not declared' : refuseAttribute(declared.type, value),
      }).toEqual({ attribute, refusal: null });
    }
  },
);

test('what is left out of a row is null again when it is read', async () => {
  await site.app.runAs({ moduleKey: 'tick' }, async () => {
    for (const name of ['ledger', 'run', 'run-person', 'member', 'refresh']) await WRITERS[name]?.();
    expect(await readEntry(OPERATION)).toEqual(ENTRY);
    expect(await readRun('run-1')).toMatchObject(RUN);
    expect((await readRunPeople('run-1', [ACCOUNT])).get(ACCOUNT)).toEqual(PERSON);
    expect(await readMember(ID)).toEqual({ memberId: ID, segmentIds: [ID], emailKey: null, updatedAtMs: NOW_MS });
    const { current, rosters: _rosters, ...kept } = REFRESH;
    const progress = {
      source: current.source,
      startedAtMs: NOW_MS,
      phase: 'syncing',
      changed: 0,
      segments: 1,
      read: 0,
    };
    expect(await readRefresh()).toEqual({ ...kept, current: progress, revision: expect.any(String) });
    const taken = { ...REFRESH, untilMs: NOW_MS + 1, parts: null, revision: expect.any(String) };
    expect(await takeRefresh(NOW_MS, NOW_MS + 1)).toEqual(taken);
  });
});
