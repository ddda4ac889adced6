export * from './segments';
export * from './access';
export * from './problem';
export * from './ledger';
export * from './panel';
export * from './admin';
export * from './action';
export * from './hooks';
