import { getAppContext, privacy, webTrigger } from '@forge/api';
import { InvocationError, InvocationErrorCode, type AsyncEvent } from '@forge/events';
import Resolver from '@forge/resolver';
import { answerOf, keysOf } from './answer';
import { note, noteDelivery } from './notes';
import { begin, collect } from './run';

/** The seconds that the running function has left as it begins, rounded up to the next five: a slow start takes some. */
const secondsLeft = (): number => Math.ceil(getAppContext().invocationRemainingTimeInMillis() / 5_000) * 5;

type Request = {
  readonly headers: Record<string, string[]>;
  readonly queryParameters?: Record<string, string[]>;
  readonly userPath?: string;
};

/** The web trigger: `?ask=begin` (with `&fresh=yes` a new run) asks, `?ask=answers` answers everything as JSON. */
export async function questions(request: Request, context: object): Promise<object> {
  const seconds = secondsLeft();
  const { ask, fresh } = request.queryParameters ?? {};
  switch (ask?.[0]) {
    case 'begin': {
      const counted = await begin(fresh?.[0] === 'yes');
      await note('webtrigger.request', keysOf(request));
      await note('webtrigger.parameters', {
        header: request.headers['x-conformance'] ?? null,
        twice: request.queryParameters?.['twice'] ?? null,
        userPath: request.userPath ?? null,
      });
      await note('webtrigger.context', keysOf(context));
      await note('webtrigger.time-limit', seconds);
      return json(200, counted);
    }
    case 'answers':
      return json(200, { answers: await collect() });
    default:
      return json(400, { message: 'Add ?ask=begin to ask the cases, or ?ask=answers to read the answers.' });
  }
}

function json(statusCode: number, body: object): object {
  return { statusCode, headers: { 'content-type': ['application/json'] }, body: JSON.stringify(body) };
}

const definitions = new Resolver();
definitions.define('look', async ({ payload, context }) => {
  const seconds = secondsLeft();
  await note('resolver.context', keysOf(context));
  await note('resolver.extension', { type: context.extension?.type });
  await note('resolver.time-limit', seconds);
  await note('resolver.payload', payload ?? null);
  // The one account that is known to be there: whoever opened the page.
  const reported = await answerOf(async () =>
    privacy.reportPersonalData([{ accountId: context.accountId, updatedAt: new Date().toISOString() }]),
  );
  await note('personal-data.one', reported);
});
definitions.define('address', () => webTrigger.getUrl('conformance-questions'));

/** The resolver of the page. */
export const panel = definitions.getDefinitions();

/** Notes each delivery; then fails, or asks to come again, as often as the event says. */
export async function consumer(event: AsyncEvent): Promise<InvocationError | undefined> {
  const remainingSeconds = secondsLeft();
  const { name, place, failures = 0, asks = 0, isIgnored = false } = event.body;
  if (isIgnored === true) return undefined;
  const { retryContext, eventId } = event;
  const retryCount = retryContext?.retryCount ?? 0;
  await noteDelivery(String(name), {
    atMs: Date.now(),
    eventId,
    place: Number(place),
    eventKeys: keysOf(event),
    remainingSeconds,
    retryContext:
      retryContext === undefined
        ? null
        : {
            keys: keysOf(retryContext),
            retryCount,
            retryReason: retryContext.retryReason,
            retryData: retryContext.retryData ?? null,
          },
  });
  if (retryCount < Number(failures)) throw new Error('This delivery fails on purpose');
  if (retryCount < Number(asks))
    return new InvocationError({
      retryAfter: 1,
      retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
      retryData: { was: retryCount },
    });
  return undefined;
}

/** The scheduled trigger. */
export async function schedule(request: object, context: object): Promise<object> {
  const seconds = secondsLeft();
  await note('schedule.payload', request);
  await note('schedule.principal', Reflect.get(context, 'principal') ?? null);
  await note('schedule.time-limit', seconds);
  return { statusCode: 204 };
}

/** Told of each issue that is created. */
export async function issueCreated(event: {
  readonly eventType?: string;
  readonly selfGenerated?: unknown;
  readonly timestamp?: unknown;
  readonly issue?: object;
}): Promise<void> {
  const { eventType, selfGenerated, timestamp, issue } = event;
  await note('event.issue-created', {
    eventType,
    selfGenerated: typeof selfGenerated,
    timestamp: typeof timestamp,
    fields: keysOf(event),
    issue: keysOf(issue),
  });
}

/** The action of Automation. */
export async function action(
  payload: { readonly word?: string; readonly context?: object },
  context: object,
): Promise<object> {
  const seconds = secondsLeft();
  await note('action.payload', { fields: keysOf(payload), word: payload.word ?? null });
  await note('action.context', keysOf(payload.context));
  await note('action.second-argument', keysOf(context));
  await note('action.time-limit', seconds);
  return { word: payload.word ?? '' };
}

/** The JQL function. */
export async function people(payload: { readonly clause?: object }): Promise<object> {
  const seconds = secondsLeft();
  await note('jql.payload', { fields: keysOf(payload), clause: payload.clause ?? null });
  await note('jql.time-limit', seconds);
  return { jql: 'reporter is EMPTY' };
}
