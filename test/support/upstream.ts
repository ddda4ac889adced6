import type { Interceptor } from '../../sandbox/forge/platform';
import { bytesOf, type Simulator } from '../../sandbox/shorterloop';

/**
 * Answers the app's requests to Shorter Loop from a simulator in this process, without a network, so
 * that virtual time rules them as well. What a real connection does is played: a dropped one, one cut
 * in the middle of a body, one that never says anything.
 */
export function answerFrom(simulator: Simulator): Interceptor {
  return (call, _proceed, { method, headers, body }) => {
    if (call.kind !== 'egress') return undefined;
    const { hostname, pathname, search } = new URL(call.path);
    if (!hostname.endsWith('.shorterloop.com')) return undefined;
    return ask(simulator, { method, path: pathname + search, headers: { ...headers, host: hostname }, body });
  };
}

async function ask(simulator: Simulator, request: Parameters<Simulator['handle']>[0]) {
  const answer = await simulator.handle(request);
  if (answer.kind === 'silence') return new Promise<never>(() => undefined);
  if (answer.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
  if (answer.kind === 'reset')
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
  if (answer.truncateAt !== null) throw new TypeError('terminated');
  return {
    status: answer.status,
    headers: { ...answer.headers },
    body: answer.charset === undefined ? answer.body : bytesOf(answer.body, answer.charset),
  };
}
