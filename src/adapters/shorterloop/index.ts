export { createShorterLoop, type ClientOptions } from './client';
export { ALLOWED_HOST_SUFFIX, checkOrigin, isUsableKeyForm } from './connection';
export { checkPaths, MANAGE_FORMS } from './routes';
export type * from './types';
export * from './tokenBucket';
