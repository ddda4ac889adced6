export * from './memberships';
export * from './plan';
export * from './intent';
export * from './outcome';
export * from './transient';
export * from './settle';
export * from './undo';
export * from './planBatch';
