export * from './request';
export * from './issue';
export * from './email';
export * from './permissions';
export * from './groups';
export * from './precomputations';
export * from './projects';
export * from './reporters';
export { readUsers } from './user';
