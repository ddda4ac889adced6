import type { Interceptor } from '../../sandbox/forge/platform';

/** How long storage takes for each call, in milliseconds. */
const LATENCY_MS = 10;

/** Lets storage, which is in memory here, take a while to answer. */
export const slowStorage: Interceptor = async ({ kind }, proceed) => {
  if (kind !== 'kvs') return undefined;
  await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
  return proceed();
};
