import { z } from 'zod';
import type { ForgeHost } from '../../sandbox/forge/host';
import type { Interceptor } from '../../sandbox/forge/platform';
import { bodyText, jsonAnswer } from '../../sandbox/forge/wire';

/** Whether a call had its effect before it went wrong. */
export type Effect = 'before' | 'afterApplying';

/** Answers when asked for the nth time; counts from 1. */
function counter(nth: number): () => boolean {
  let seen = 0;
  return () => {
    seen += 1;
    return seen === nth;
  };
}

/**
 * Makes the nth storage request fail with an error of Forge: `platform.intercept(kvsError('/api/v1/transaction', 2, 'RATE_LIMIT_EXCEEDED', 429))`.
 * @param path the end of the paths that count, such as `/transaction` or `/entity/set`
 * @param nth counted from 1 over the requests that match
 * @param effect `afterApplying` for a write that was done all the same
 */
export function kvsError(
  path: string,
  nth: number,
  code: string,
  status: number,
  effect: Effect = 'before',
): Interceptor {
  const isMeant = counter(nth);
  return async (call, proceed) => {
    if (call.kind !== 'kvs' || !call.path.endsWith(path) || !isMeant()) return undefined;
    if (effect === 'afterApplying') await proceed();
    return jsonAnswer(status, { code, message: `${code} by request` });
  };
}

const batchSchema = z.array(z.looseObject({ key: z.string() }));
const batchAnswerSchema = z.object({
  successfulKeys: z.array(z.looseObject({})),
  failedKeys: z.array(z.looseObject({})),
});

/** Makes every batch request to storage fail for the keys that `isChosen` names; the others are done. */
export function batchPartial(isChosen: (key: string) => boolean, code = 'INTERNAL_SERVER_ERROR'): Interceptor {
  return async (call, proceed, init) => {
    if (call.kind !== 'kvs' || !call.path.startsWith('/api/v1/batch/')) return undefined;
    const items = batchSchema.parse(JSON.parse(init.body ?? '[]'));
    const failing = items.filter(({ key }) => isChosen(key));
    if (failing.length === 0) return undefined;
    const rest = items.filter((item) => !failing.includes(item));
    const answer =
      rest.length === 0 ? jsonAnswer(200, { successfulKeys: [], failedKeys: [] }) : await proceed(JSON.stringify(rest));
    if (answer.status !== 200) return answer;
    const { successfulKeys, failedKeys } = batchAnswerSchema.parse(JSON.parse(bodyText(answer)));
    const failed = failing.map(({ key, entityName }) => ({
      key,
      entityName,
      error: { code, message: `${code} by request` },
    }));
    return jsonAnswer(200, { successfulKeys, failedKeys: [...failedKeys, ...failed] });
  };
}

const publishSchema = z.looseObject({ payload: z.array(z.looseObject({ body: z.record(z.string(), z.unknown()) })) });

/** Makes the queue lose the events that `isLost` names: 202 with `failedEvents`, which `@forge/events` throws as PartialSuccessError. The others are delivered. */
export function queuePartialSuccess(
  isLost: (body: Record<string, unknown>, index: number) => boolean,
  errorMessage = 'The event was not accepted',
): Interceptor {
  return async (call, proceed, init) => {
    if (call.kind !== 'queue' || !call.path.startsWith('/webhook/queue/publish/')) return undefined;
    const request = publishSchema.parse(JSON.parse(init.body ?? '{}'));
    const lost = request.payload.map(({ body }, index) => isLost(body, index));
    if (!lost.includes(true)) return undefined;
    const payload = request.payload.filter((_event, index) => lost[index] === false);
    if (payload.length > 0) {
      const answer = await proceed(JSON.stringify({ ...request, payload }));
      if (answer.status !== 201) return answer;
    }
    const failedEvents = lost.flatMap((isGone, index) => (isGone ? [{ index: String(index), errorMessage }] : []));
    return jsonAnswer(202, { failedEvents });
  };
}

/**
 * Kills the function process at the nth platform call from now, which is never answered.
 * @param nth counted from 1 over the calls of all invocations that have not called yet
 * @param effect `afterApplying` for a call whose service did its work before the process died
 * @param functionKey the function whose calls alone count, where others may run beside it: what a consumer asks in the
 *   meantime would otherwise kill a function while its own request is still on its way
 */
export function killAtCall(
  host: Pick<ForgeHost, 'killFunctions' | 'platform'>,
  nth: number,
  effect: Effect,
  functionKey?: string,
): Interceptor {
  const isMeant = counter(nth);
  const earlier = new Set(host.platform.calls.map(({ invocationId }) => invocationId));
  return async (call, proceed) => {
    const counts = !earlier.has(call.invocationId) && (functionKey ?? call.functionKey) === call.functionKey;
    if (!counts || !isMeant()) return undefined;
    if (effect === 'afterApplying') await proceed();
    await host.killFunctions();
    return new Promise(() => undefined);
  };
}
