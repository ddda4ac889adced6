import { assumed, assumedAlone, documented, measured, type Rules } from './rule';

const KB = 1024;
const ASYNC = 'runtime-reference/async-events-api';
const INVOCATION = 'limits-invocation';
const SCHEDULED = 'manifest-reference/modules/scheduled-trigger';
const UNINSTALL = 'manifest-reference/modules/pre-uninstall-trigger';
const WEBTRIGGER = 'events-reference/web-trigger';
const ACTION = 'manifest-reference/modules/automation-action';
const PRODUCT = 'events-reference/product_events';
const PRIVACY = 'user-privacy-guidelines';

/** What Forge's async events do. Sizes in bytes, times in seconds. */
export const QUEUE = {
  events: documented(ASYNC, 'One push has at most 50 events.', 50),
  size: documented(ASYNC, 'The events of one push have at most 200 KB together.', 200 * KB),
  refusals: assumedAlone(
    'Too many events are refused with 400, too large ones with 413.',
    null,
    'The statuses are those that @forge/events tells apart; the SDK counts and measures before it sends.',
  ),
  rate: assumedAlone(
    'How many events a minute are taken is not modelled: none are refused.',
    null,
    'The page of async limits has no number in the snapshot; the app pushes a handful an hour.',
  ),
  delay: documented(ASYNC, 'An event is delayed by at most 15 minutes.', 900),
  once: documented(
    ASYNC,
    'An event is delivered at least once, perhaps more often.',
    null,
    'guaranteed to be delivered **at least once** within a defined **retention window**',
  ),
  order: assumedAlone(
    'Events arrive in the order in which they are due.',
    null,
    'No order is promised: tests reverse it by queue.setDelivery.',
  ),
  retention: documented(
    ASYNC,
    'An event whose function throws, times out or asks for it comes again until 24 hours have passed, ' +
      'and is dropped then.',
    24 * 3_600,
  ),
  longestInterval: documented(
    ASYNC,
    'The time between two tries grows to about 15 minutes.',
    900,
    'Retries use exponential backoff, with intervals reaching up to approximately 15 minutes between attempts.',
  ),
  firstInterval: assumedAlone(
    'The first retry comes after a second, each later one after twice the time.',
    1,
    'No number is documented; tests put deliveries off by queue.setDelivery.',
  ),
  retryAfter: documented(
    ASYNC,
    'A retry that a function asks for comes at most 900 seconds later; more is lowered to that.',
    900,
  ),
  retryData: documented(ASYNC, 'The data of a retry has at most 4 KB.', 4 * KB),
  retryContext: documented(
    ASYNC,
    'A retried event carries retryContext: retryCount, retryReason, retryData and retentionWindow with ' +
      'startTime and remainingTimeMs; the first delivery has none.',
    null,
  ),
  retryCount: documented(
    ASYNC,
    'Errors of the platform itself do not count up retryCount.',
    null,
    'do not increment this',
  ),
  retryReason: assumedAlone(
    'A throw is FUNCTION_PLATFORM_UNKNOWN_ERROR, a time-out FUNCTION_TIME_OUT.',
    null,
    'The codes are those of @forge/events; which one a throw has is not said, and the app reads none.',
  ),
  cancel: documented(ASYNC, 'What a cancelled job has not begun, retries included, does not run.', null),
  concurrency: documented(
    ASYNC,
    'Of events with one concurrency key at most so many are processed at once. The sandbox holds none back: the app ' +
      'has to be right without.',
    null,
    'This limits the number of events that can be processed concurrently.',
  ),
} as const satisfies Rules;

/** What holds of a function by what calls it. Sizes in bytes, times in seconds. */
export const FUNCTIONS = {
  resolverTime: documented(INVOCATION, 'A resolver, and whatever is not named below, runs for at most 25 seconds.', 25),
  actionTime: documented(INVOCATION, 'A web trigger or an action runs for at most 55 seconds.', 55),
  asyncTime: documented(
    INVOCATION,
    'A consumer or scheduled trigger runs for 55 seconds, or as long as timeoutSeconds says.',
    55,
  ),
  longestTime: documented(INVOCATION, 'timeoutSeconds is at most 900.', 900),
  uninstallTime: documented(
    UNINSTALL,
    'A pre-uninstall trigger runs for at most 55 seconds.',
    55,
    'The invocation will have a timeout of 55 seconds.',
  ),
  afterTimeOut: assumedAlone(
    'What a function still does after its time-out is refused.',
    null,
    'Forge freezes it; the app starts nothing that it does not wait for.',
  ),
  requestSize: documented(INVOCATION, 'What a page sends to a resolver has at most 500 KB.', 500 * KB),
  responseSize: documented(INVOCATION, 'What a resolver answers to a page has at most 5 MB.', 5 * KB * KB),
  egressCount: documented(
    INVOCATION,
    'A function makes at most 100 requests a minute to other hosts. The app counts its own; the sandbox refuses none.',
    100,
  ),
  egressHosts: documented(
    'manifest-reference/permissions',
    'A function reaches only the hosts of permissions.external.fetch.backend, hop by hop, by https.',
    null,
  ),
  bytes: assumedAlone(
    'A body passes as the bytes that were sent, a byte order mark included.',
    null,
    'Nothing says that Forge reads them; a sandbox that did would hide what the app has to bear.',
  ),
} as const satisfies Rules;

/** What calls functions from outside of a page, and with what. */
export const TRIGGERS = {
  schedules: documented(SCHEDULED, 'An app has at most five scheduled triggers.', 5),
  intervals: documented(SCHEDULED, 'A scheduled trigger runs every five minutes, hour, day or week.', [
    'fiveMinute',
    'hour',
    'day',
    'week',
  ] as const),
  schedulePayload: documented(
    'events-reference/scheduled-trigger',
    'A scheduled function gets context.cloudId, context.moduleKey and contextToken, and no principal.',
    null,
  ),
  scheduleFailure: documented(
    SCHEDULED,
    'A scheduled function that throws is not tried again before its next time.',
    null,
  ),
  scheduleReturn: assumed(
    'What a scheduled function returns is ignored.',
    null,
    'scheduleReturn',
    'Another page has something without a status code recorded as 424, which the other side plays: the ' +
      'run counts as failed.',
  ),
  scheduleTwice: documented(
    SCHEDULED,
    'A scheduled function may run twice for one time. The sandbox runs it once unless a test runs it again.',
    null,
    'There is a small chance of duplicated invocations',
  ),
  scheduleStart: assumedAlone(
    'A scheduled trigger runs the first time after one interval.',
    null,
    'The page says shortly after the deployment, about five minutes; tests run it when they want.',
  ),
  webtriggerRequest: measured(
    'A web trigger gets body, call, context, contextToken, headers, method, path, queryParameters and userPath.',
    ['body', 'call', 'context', 'contextToken', 'headers', 'method', 'path', 'queryParameters', 'userPath'] as const,
  ),
  webtriggerHeaders: assumedAlone(
    'Names of headers come in lower case.',
    null,
    'The example of the page mixes cases; the app compares them whatever their case.',
  ),
  webtriggerAnswer: documented(
    WEBTRIGGER,
    'A web trigger answers statusCode, headers and body; anything else becomes 500.',
    500,
  ),
  webtriggerGone: measured('After the app was uninstalled its web trigger answers 424.', 424),
  actionPayload: documented(
    ACTION,
    'An action gets its inputs by name. The sandbox adds context with cloudId and moduleKey.',
    null,
  ),
  actionErrors: documented(
    ACTION,
    "An action that answers errors stops the rule, and the rule's owner reads their messages.",
    null,
  ),
  jqlPayload: documented(
    'manifest-reference/modules/jql-function',
    'A JQL function gets the clause with field, functionName, operator and arguments; a Forge function ' +
      'answers jql or error.',
    null,
  ),
  fieldPayload: documented(
    'manifest-reference/modules/jira-custom-field',
    'The value function of a field gets the field and a list of issues with their values, whenever an issue is ' +
      'opened, and answers a value for each; Jira keeps them.',
    null,
    'The order of values returned must be the same as the order of issues received in the argument.',
  ),
  eventPayload: documented(
    'events-reference/jira',
    'An event of an issue carries eventType, selfGenerated, timestamp, issue, and mostly atlassianId, ' +
      'changelog and associatedUsers.',
    ['avi:jira:created:issue', 'avi:jira:updated:issue', 'avi:jira:deleted:issue'] as const,
  ),
  eventFilter: documented(
    'manifest-reference/modules/trigger',
    'A trigger with ignoreSelf is not told of what its own app did.',
    null,
  ),
  eventExpression: documented(
    PRODUCT,
    'An event is delivered where the expression of the filter is true, and dropped where it is false. The sandbox ' +
      'knows of the language what the app uses, and refuses the rest.',
    null,
    'If the expression evaluates to `true`, the event will be delivered to the app.',
  ),
  eventExpressionList: assumedAlone(
    'An expression may ask some and every of a list, as Jira expressions do.',
    null,
    'The list of what filters support is left out in the snapshot of the page; with onError RECEIVE the app gets ' +
      'what a filter could not judge, and judges it itself.',
  ),
  eventError: documented(
    'manifest-reference/modules/trigger',
    'An event whose expression fails is dropped, or delivered where onError is RECEIVE or RECEIVE_AND_LOG.',
    null,
  ),
  eventDelay: documented(
    'manifest-reference/modules/trigger',
    'An event may take 3 minutes. The sandbox delivers when it is told to.',
    180,
    'Events for `trigger` modules may take up to **3 minutes**',
  ),
  eventPrincipal: assumedAlone(
    'Nobody is in front of the function of an event.',
    null,
    'The page has the person as the principal perhaps; the app must not act for them without leave, so ' +
      'that the stricter side is played.',
  ),
  eventRetries: documented(
    PRODUCT,
    'An event that its function asks to have again comes at most four times more; one that throws does not.',
    4,
    'You can only retry an event for a maximum of **four** times.',
  ),
} as const satisfies Rules;

/** What Atlassian asks of apps that keep personal data. */
export const PRIVACY_RULES = {
  accounts: documented(PRIVACY, 'A report names at most 90 accounts.', 90),
  answers: documented(
    PRIVACY,
    'A report is answered 204 when there is nothing to do, or 200 with accounts that are closed or updated.',
    null,
  ),
  cycle: documented(PRIVACY, 'Accounts are reported about once in a cycle of seven days.', 7),
} as const satisfies Rules;
