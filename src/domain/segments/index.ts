export * from './memberships';
export * from './plan';
export * from './outcome';
export * from './settle';
export * from './undo';
export * from './planBatch';
