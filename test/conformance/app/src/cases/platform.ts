import { asUser, getAppContext, privacy, route, webTrigger } from '@forge/api';
import { Queue } from '@forge/events';
import type { Case } from '../case';
import { deliveriesOf, noted, type Delivery } from '../notes';

const QUEUE = 'sandbox/forge/queue.ts';
const INVOCATION = 'sandbox/forge/invocation.ts';
const ACTIONS = 'sandbox/forge/actions.ts';
const SCHEDULE = 'sandbox/forge/scheduledTriggers.ts';
const WEBTRIGGER = 'sandbox/forge/webtriggerServer.ts';

const queue = new Queue({ key: 'conformance-events' });

/** The events with the given names of the run; what the consumer does with each is in its body. */
const push = async (name: string, bodies: readonly object[], more: object = {}) =>
  queue.push(bodies.map((body, place) => ({ body: { name, place, ...body }, ...more })));

/** A case that sends events and asks later about their deliveries, once there are `atLeast` so many. */
const deliveries = (
  id: string,
  title: string,
  bodies: readonly object[],
  atLeast: number,
  read: (all: readonly Delivery[]) => unknown,
  more: object = {},
): Case => ({
  id: `queue.${id}`,
  title,
  believes: QUEUE,
  when: 'later',
  begin: async (key) => push(key('event'), bodies, more),
  ask: async (key) => read(await deliveriesOf(key('event'), atLeast)),
});

/** A case that asks later for what an entry point noted. */
const seen = (
  id: string,
  title: string,
  believes: string,
  more: Pick<Case, 'isVolatile' | 'isOnlyOnSite'> = {},
): Case => ({ id, title, believes, when: 'later', ask: async () => noted(id), ...more });

/** What came of pushing so many events of so many bytes. */
const pushed = async (key: (name: string) => string, count: number, bytes: number) => {
  await push(
    key('event'),
    Array.from({ length: count }, () => ({ isIgnored: true, filler: 'x'.repeat(bytes) })),
  );
  return 'accepted';
};

/** The queue, and what each kind of function is given. */
export const platformCases: readonly Case[] = [
  {
    id: 'queue.push',
    title: 'push() of one event',
    believes: QUEUE,
    isVolatile: true,
    ask: async (key) => push(key('event'), [{ isIgnored: true }]),
  },
  { id: 'queue.push-none', title: 'push() of no events', believes: QUEUE, ask: async () => queue.push([]) },
  { id: 'queue.push-50', title: 'push() of 50 events', believes: QUEUE, ask: async (key) => pushed(key, 50, 1) },
  { id: 'queue.push-51', title: 'push() of 51 events', believes: QUEUE, ask: async (key) => pushed(key, 51, 1) },
  {
    id: 'queue.push-201-kb',
    title: 'push() of 201 KB',
    believes: QUEUE,
    ask: async (key) => pushed(key, 1, 201 * 1_024),
  },
  {
    id: 'queue.delay-901',
    title: 'push() with a delay of 901 seconds',
    believes: QUEUE,
    ask: async (key) => push(key('event'), [{ isIgnored: true }], { delayInSeconds: 901 }),
  },
  {
    id: 'queue.stats',
    title: 'the stats of a job that was just pushed',
    believes: QUEUE,
    isVolatile: true,
    ask: async (key) => queue.getJob((await push(key('event'), [{ isIgnored: true }])).jobId).getStats(),
  },
  {
    id: 'queue.stats-unknown',
    title: 'the stats of a job that does not exist',
    believes: QUEUE,
    ask: async () => queue.getJob('00000000-0000-4000-8000-000000000000').getStats(),
  },
  deliveries('event-fields', 'the fields of an event at its first delivery', [{}], 1, (all) => all[0]?.eventKeys),
  deliveries(
    'time-limit',
    'the seconds that a consumer has without timeoutSeconds',
    [{}],
    1,
    (all) => all[0]?.remainingSeconds,
  ),
  deliveries(
    'duplicates',
    'how often each of 20 events was delivered',
    Array.from({ length: 20 }, () => ({})),
    20,
    (all) => [...new Set(all.map(({ eventId }) => all.filter((other) => other.eventId === eventId).length))].sort(),
  ),
  // No order is promised: the answer may be another one each time.
  {
    ...deliveries(
      'order',
      'whether 10 events came in the order in which they were sent',
      Array.from({ length: 10 }, () => ({})),
      10,
      (all) => all.every(({ place }, index) => place === index),
    ),
    isVolatile: true,
  },
  {
    ...deliveries(
      'delay',
      'when an event with a delay of 5 seconds came, in milliseconds',
      [{}],
      1,
      (all) => all[0]?.atMs,
      { delayInSeconds: 5 },
    ),
    isVolatile: true,
  },
  deliveries('retry-count', 'the retry counts of an event that failed twice', [{ failures: 2 }], 3, (all) =>
    all.map(({ retryContext }) => retryContext?.retryCount ?? null),
  ),
  deliveries(
    'retry-fields',
    'the fields of the retry context',
    [{ failures: 1 }],
    2,
    (all) => all[1]?.retryContext?.keys,
  ),
  deliveries(
    'retry-reason',
    'the retry reason after a consumer threw',
    [{ failures: 1 }],
    2,
    (all) => all[1]?.retryContext?.retryReason,
  ),
  deliveries(
    'retry-same-event',
    'whether a retry has the id of the event',
    [{ failures: 1 }],
    2,
    (all) => all[1]?.eventId === all[0]?.eventId,
  ),
  {
    ...deliveries(
      'retry-waits',
      'the waits before the retries of an event that failed three times, in milliseconds',
      [{ failures: 3 }],
      4,
      (all) => all.slice(1).map(({ atMs }, index) => atMs - (all[index]?.atMs ?? 0)),
    ),
    isVolatile: true,
  },
  deliveries(
    'retry-asked',
    'the retry context after a consumer asked to come again',
    [{ asks: 1 }],
    2,
    ([, second]) => ({ reason: second?.retryContext?.retryReason, data: second?.retryContext?.retryData }),
  ),

  seen('webtrigger.request', "the fields of a web trigger's request", WEBTRIGGER),
  seen(
    'webtrigger.parameters',
    "a header, a query parameter given twice and the API client's path in a web trigger's request",
    WEBTRIGGER,
  ),
  seen('webtrigger.context', "the fields of a web trigger's second argument", INVOCATION),
  seen('webtrigger.time-limit', 'the seconds that a web trigger has', INVOCATION),
  // Nobody is left to note it: whoever uninstalls the app looks at the status, and writes it into the answers.
  seen('webtrigger.uninstalled', 'the status that a web trigger answers after the app was uninstalled', WEBTRIGGER),
  {
    id: 'webtrigger.as-user',
    title: 'asUser() where nobody is in front of a screen',
    believes: 'sandbox/forge/platform.ts',
    ask: async () => (await asUser().requestJira(route`/rest/api/3/myself`)).status,
  },
  {
    id: 'webtrigger.url-again',
    title: 'whether getUrl() answers the same address twice',
    believes: 'sandbox/forge/webtriggers.ts',
    ask: async () =>
      (await webTrigger.getUrl('conformance-questions')) === (await webTrigger.getUrl('conformance-questions')),
  },
  {
    id: 'webtrigger.url-undeclared',
    title: 'getUrl() of a web trigger that the manifest does not declare',
    believes: 'sandbox/forge/webtriggers.ts',
    ask: async () => webTrigger.getUrl('conformance-nothing'),
  },
  {
    id: 'app-context.fields',
    title: 'the fields of getAppContext()',
    believes: INVOCATION,
    ask: async () => Object.keys(getAppContext()).sort(),
  },
  {
    id: 'app-context.module',
    title: 'the module and its type in getAppContext() of a web trigger',
    believes: INVOCATION,
    ask: async () => ({ moduleKey: getAppContext().moduleKey, moduleType: Reflect.get(getAppContext(), 'moduleType') }),
  },
  {
    id: 'runtime.version',
    title: 'the major version of Node that runs a function',
    believes: 'manifest.yml',
    isOnlyOnSite: true,
    ask: async () => Number(process.versions.node.split('.')[0]),
  },

  seen('action.payload', 'the payload of an action', ACTIONS),
  seen('action.context', 'the fields of the context in the payload of an action', ACTIONS),
  seen('action.second-argument', "the fields of an action's second argument", INVOCATION),
  seen('action.time-limit', 'the seconds that an action has', INVOCATION),
  seen('jql.payload', 'the payload of a JQL function', 'sandbox/jira/jql/search.ts'),
  seen('jql.time-limit', 'the seconds that a JQL function has', INVOCATION),
  seen('schedule.payload', 'the payload of a scheduled trigger', SCHEDULE, { isVolatile: true }),
  seen('schedule.principal', 'the principal in the second argument of a scheduled trigger', INVOCATION),
  seen('schedule.time-limit', 'the seconds that a scheduled trigger has without timeoutSeconds', INVOCATION),
  seen(
    'event.issue-created',
    'the payload of the event of an issue that was created',
    'sandbox/forge/productEvents.ts',
    { isOnlyOnSite: true },
  ),
  seen('resolver.context', "the fields of a resolver's context", INVOCATION),
  seen('resolver.extension', "the type in the extension of a resolver's context", INVOCATION),
  seen('resolver.time-limit', 'the seconds that a resolver has', INVOCATION),
  seen('resolver.payload', 'what a resolver gets as payload when the page gives none', INVOCATION),
  seen(
    'personal-data.one',
    'the report of one account that is neither closed nor changed',
    'sandbox/forge/personalData.ts',
  ),
  {
    id: 'personal-data.91',
    title: 'the report of 91 accounts, which the SDK sends in two',
    believes: 'sandbox/forge/personalData.ts',
    ask: async () =>
      privacy.reportPersonalData(
        Array.from({ length: 91 }, (_, index) => ({
          accountId: `conformance-${index}`,
          updatedAt: '2026-01-01T00:00:00.000Z',
        })),
      ),
  },
];
