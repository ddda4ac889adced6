export { createShorterLoop, type ClientOptions } from './client';
export { ALLOWED_HOST_SUFFIX, checkOrigin } from './connection';
export { PROBED_ROUTES } from './dialects';
export { ASSUMED_READ_ROUTES, ASSUMED_ROUTES, checkRouteTemplate } from './routes';
export type * from './types';
export * from './tokenBucket';
