import { parseManifest } from '../../../../sandbox/forge/manifest';
import { deliverIssueEvent, type IssueEvent } from '../../../../sandbox/forge/productEvents';

const manifest = parseManifest(`
app: { id: ari:cloud:ecosystem::app/1 }
modules:
  trigger:
    - { key: changed, function: f, events: ['avi:jira:created:issue', 'avi:jira:updated:issue'], filter: { ignoreSelf: true } }
    - { key: gone, function: f, events: ['avi:jira:deleted:issue'] }
  function: [{ key: f, handler: index.f }]
`);
const makeEvent = (overrides: Partial<IssueEvent> = {}): IssueEvent => ({
  eventType: 'avi:jira:updated:issue',
  selfGenerated: false,
  timestamp: '1767603600000',
  issue: { id: '10001', key: 'ACME-1', fields: { summary: 'Slow' } },
  atlassianId: 'acc-1',
  changelog: { items: [{ field: 'reporter', fieldId: 'reporter', from: 'acc-1', to: 'acc-2' }] },
  ...overrides,
});

let got: { key: string; body: object }[];
let answer: () => unknown;
const deliver = (event: IssueEvent): ReturnType<typeof deliverIssueEvent> =>
  deliverIssueEvent(manifest, event, async ({ key }, body) => {
    got.push({ key, body });
    return answer();
  });
beforeEach(() => {
  got = [];
  answer = () => undefined;
});

test('an event reaches the triggers that ask for its type, as it is', async () => {
  const event = makeEvent();
  expect(await deliver(event)).toEqual([{ moduleKey: 'changed', outcome: 'done', tries: 1 }]);
  expect(got).toEqual([{ key: 'changed', body: event }]);
  expect(await deliver(makeEvent({ eventType: 'avi:jira:deleted:issue' }))).toEqual([
    { moduleKey: 'gone', outcome: 'done', tries: 1 },
  ]);
});

test('what the app did itself is kept from a trigger with ignoreSelf', async () => {
  expect(await deliver(makeEvent({ selfGenerated: true }))).toEqual([
    { moduleKey: 'changed', outcome: 'filtered', tries: 0 },
  ]);
  expect(got).toEqual([]);
});

test('a function that asks for the event again gets it four times more', async () => {
  answer = () => ({
    _retry: true,
    retryOptions: { retryAfter: 1, retryReason: 'FUNCTION_RETRY_REQUEST', retryData: { page: 1 } },
  });
  expect(await deliver(makeEvent())).toEqual([{ moduleKey: 'changed', outcome: 'givenUp', tries: 5 }]);
  expect(got.at(-1)?.body).toMatchObject({
    retryContext: { retryCount: 4, retryReason: 'FUNCTION_RETRY_REQUEST', retryData: { page: 1 } },
  });
});

test('a function that throws does not get it again', async () => {
  answer = () => {
    throw new Error('broken');
  };
  expect(await deliver(makeEvent())).toEqual([{ moduleKey: 'changed', outcome: 'failed', tries: 1 }]);
});

const filteredBy = (filter: string) =>
  parseManifest(`
app: { id: ari:cloud:ecosystem::app/1 }
modules:
  trigger: [{ key: t, function: f, events: ['avi:jira:updated:issue'], filter: ${filter} }]
  function: [{ key: f, handler: index.f }]
`);
const outcomeOf = async (filter: string, event: IssueEvent): Promise<unknown> =>
  (await deliverIssueEvent(filteredBy(filter), event, () => Promise.resolve()))[0]?.outcome;

test('a filter by an expression lets through what it is true of', async () => {
  const filter = `{ expression: "event.changelog.items.some(item => item.field == 'reporter')" }`;
  const ofStatus = makeEvent({ changelog: { items: [{ field: 'status', from: '1', to: '2' }] } });
  expect(await outcomeOf(filter, makeEvent())).toBe('done');
  expect(await outcomeOf(filter, ofStatus)).toBe('filtered');
});

test.each([
  ['', 'filtered'],
  [', onError: IGNORE', 'filtered'],
  [', onError: RECEIVE', 'done'],
  [', onError: RECEIVE_AND_LOG', 'done'],
])('where an expression fails, onError decides%s', async (onError, outcome) => {
  expect(await outcomeOf(`{ expression: event.nothing.at == 1${onError} }`, makeEvent())).toBe(outcome);
});

test('an expression that is not modelled is refused', async () => {
  await expect(outcomeOf('{ expression: new Date() }', makeEvent())).rejects.toThrow('The sandbox does not model');
});
