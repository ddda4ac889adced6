import { accessFor } from '../../sandbox/teamAccess';
import { randomUUID } from 'node:crypto';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { kvsError } from '../support/platformFaults';
import { tracesOf, type Haystack, type Needle } from '../support/traces';

const MEMBERS = 40;
let sandbox: Sandbox;
const answers: Haystack[] = [];
const logs: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ members: MEMBERS, segments: 4, onLog: (log) => logs.push(JSON.stringify(log)) });
});
afterAll(() => sandbox.stop());

const issueId = (key: string): string => sandbox.jira.issues.find((issue) => issue.key === key)?.id ?? '';

/** Calls a function as a page does, and keeps what the page got, also when it is an error. */
async function ask(
  moduleKey: string,
  functionKey: string,
  payload: unknown,
  issueKey = 'ACME-101',
  accountId = sandbox.jira.adminAccountId,
): Promise<Record<string, never> | null> {
  const extension = { issue: { id: issueId(issueKey) } };
  const answer = await sandbox.host
    .invoke({ moduleKey, functionKey, payload, accountId, extension })
    .catch((error: unknown) => String(error) + String(error instanceof Error ? error.stack : ''));
  answers.push({ place: `answer of ${functionKey}`, text: JSON.stringify(answer) });
  return typeof answer === 'object' ? (answer as Record<string, never>) : null;
}

/** One run through everything that the app does. */
async function everything(): Promise<void> {
  const { jira, simulator, host } = sandbox;
  for (const { key } of jira.issues) await ask('segments-panel', 'panel.open', {}, key);
  const member = jira.memberFor('one');
  const [fromSegmentId] = simulator?.truth.membershipsOf(member?.id ?? 0) ?? [];
  const toSegmentId = simulator?.segments.find(({ id }) => id !== fromSegmentId)?.id;
  const move = { operationId: randomUUID(), memberId: member?.id, fromSegmentId, toSegmentId };
  await ask('segments-panel', 'panel.move', move);
  await ask('segments-panel', 'panel.undo', { operationId: randomUUID(), undoes: move.operationId });
  await ask('segments-panel', 'panel.remove', { ...move, operationId: randomUUID() });
  await ask('segments-panel', 'panel.searchMembers', { query: member?.email });
  await ask('segments-panel', 'panel.unlink', { memberId: member?.id });
  await ask('segments-panel', 'panel.link', { memberId: member?.id });
  for (const name of ['admin.load', 'admin.check', 'admin.apiClients']) await ask('segments-admin', name, {});
  const grouped = accessFor('EDIT_ISSUES', ['support']);
  await ask('segments-admin', 'admin.saveAccess', grouped);
  await ask('segments-admin', 'admin.saveAccess', { ...accessFor('EDIT_ISSUES'), bulk: grouped.bulk });
  const loaded: unknown = await ask('segments-admin', 'admin.load', {});
  await ask('segments-admin', 'admin.save', {
    settings: (loaded as { value?: { settings: object } }).value?.settings,
    key: null,
  });
  await ask('move-reporter', 'action.load', {});
  const inputs = { issueKey: 'ACME-101', source: 'any', target: String(toSegmentId) };
  for (const moduleKey of ['move-reporter', 'get-reporter-segments', 'remove-reporter', 'add-reporter']) {
    const body = { ...inputs, source: String(fromSegmentId) };
    const answer = await host.invokeFunction({ moduleKey, body, accountId: jira.adminAccountId }).catch(String);
    answers.push({ place: `answer of ${moduleKey}`, text: JSON.stringify(answer) });
  }
  for (const moduleKey of ['tick'])
    await host
      .runScheduledTrigger(moduleKey)
      .catch((error: unknown) => answers.push({ place: moduleKey, text: String(error) }));
  await ask('segments-admin', 'admin.saveJql', { isOn: true });
  const clause = { clause: { field: 'reporter', operator: 'in', arguments: [simulator?.segments[0]?.name] } };
  answers.push({
    place: 'answer of reporterInSegment',
    text: JSON.stringify(await host.invokeFunction({ moduleKey: 'reporter-in-segment', body: clause }).catch(String)),
  });
}

/** Everything that the run left behind. */
function haystacks(): Haystack[] {
  const { kvs, platform } = sandbox.host;
  const spaces = Object.entries(kvs.snapshot().spaces).filter(([name]) => name !== 'secret');
  return [
    ...answers,
    { place: 'logs', text: logs.join('\n') + JSON.stringify(sandbox.host.logs) },
    ...spaces.map(([name, rows]) => ({ place: `storage ${name}`, text: JSON.stringify(rows) })),
    { place: 'names of secrets', text: kvs.secretNames().join(' ') },
    { place: 'URLs', text: platform.calls.map(({ kind, path }) => `${kind} ${path}`).join('\n') },
  ];
}

function needles(): Needle[] {
  const people = [...(sandbox.simulator?.members ?? []), ...sandbox.jira.people].flatMap(({ email }) =>
    email === null ? [] : [{ name: `e-mail ${email}`, text: email }],
  );
  return [{ name: 'the key', text: sandbox.simulator?.key ?? '' }, ...people];
}

test('neither the key nor an e-mail address is left anywhere, however much goes wrong', async () => {
  const { simulator, jira, host } = sandbox;
  const errors = [jest.spyOn(console, 'error'), jest.spyOn(console, 'warn'), jest.spyOn(console, 'log')].map((spy) =>
    spy.mockImplementation((...line: unknown[]) => void logs.push(JSON.stringify(line))),
  );
  const email = simulator?.members[0]?.email ?? '';
  await everything();
  const faults = [
    { kind: 'keyRevoked' },
    { kind: 'status', code: 500, html: true },
    { kind: 'status', code: 302, location: `https://elsewhere.example/?who=${email}` },
    { kind: 'html' },
    { kind: 'halfBody' },
    { kind: 'wrongContentType' },
  ] as const;
  for (const fault of faults) {
    const active = simulator?.faults.add({ fault });
    await everything();
    active?.remove();
    host.kvs.handle('/api/v1/entity/delete', { entityName: 'rate-limit', key: 'shorter-loop' });
  }
  for (const code of [401, 500]) {
    jira.faults.add({ fault: { kind: 'status', code }, times: 30 });
    await everything();
    jira.faults.clear();
  }
  for (const nth of [2, 7]) {
    const remove = host.platform.intercept(kvsError('', nth, 'UNKNOWN', 500));
    await everything();
    remove();
  }
  for (const spy of errors) spy.mockRestore();

  expect(answers.length).toBeGreaterThan(200);
  expect(logs.length).toBeGreaterThan(0);
  expect(host.kvs.entity('ledger').length).toBeGreaterThan(0);
  expect(tracesOf(needles(), haystacks())).toEqual([]);
  // The search would find them where they have to be.
  expect(host.kvs.secretNames()).toContain('shorter-loop-key');
  expect(
    tracesOf(needles().slice(0, 1), [{ place: 'secret', text: JSON.stringify(host.kvs.secret('shorter-loop-key')) }]),
  ).toEqual(['secret: the key']);
});

test.each([
  ['as it is', (text: string) => `x ${text} y`],
  ['in another case', (text: string) => text.toUpperCase()],
  ['in a URL', (text: string) => `https://x.example/?q=${encodeURIComponent(text)}`],
  ['in Base64', (text: string) => Buffer.from(text).toString('base64')],
  ['in Base64 behind something', (text: string) => Buffer.from(`ab${text}cd`).toString('base64')],
  ['in Base64 behind something else', (text: string) => Buffer.from(`abcd${text}`).toString('base64')],
])('the search finds a trace %s', (_what, write) => {
  const needle = { name: 'it', text: 'ada.lovelace+beta@company.example' };
  expect(
    tracesOf(
      [needle],
      [
        { place: 'here', text: write(needle.text) },
        { place: 'there', text: 'nothing' },
      ],
    ),
  ).toEqual(['here: it']);
});
