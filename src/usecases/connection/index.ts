export * from './connection';
export * from './deadline';
export * from './fetchRateLimiter';
export * from './jiraBudget';
export * from './gate';
export * from './refusals';
export { CALLS_OF_A_WRITE } from './siteRateLimiter';
export * from './storageRateLimiter';
