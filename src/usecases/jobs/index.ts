export * from './giveUpChanges';
export * from './looks';
export * from './refresh';
export * from './wake';
export * from './wakeRuns';
export * from './fillField';
