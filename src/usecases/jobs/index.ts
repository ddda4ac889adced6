export * from './giveUpChanges';
export * from './looks';
export * from './push';
export * from './refresh';
export * from './wake';
export * from './wakeRuns';
export * from './fillField';
