export * from './settings';
export * from './key';
export * from './links';
export * from './person';
export * from './ledger';
