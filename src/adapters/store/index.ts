export * from './settings';
export * from './access';
export { readProjectScope, writeProjectScope } from './projects';
export * from './key';
export { linkedAccounts, linkedPairs, readLink, writeFirstLink, writeLink, writeUnlinked } from './links';
export * from './manyLinks';
export * from './reporters';
export * from './scan';
export * from './schedule';
export * from './ledger';
export { timeOfSequence } from './ledgerIndex';
export { searchLedger } from './ledgerSearch';
export * from './retention';
export * from './leases';
export * from './pace';
export * from './together';
export {
  dismissChange,
  eachWaitingChange,
  failedChanges,
  giveUpErased,
  readWakeUpMs,
  readWaiting,
  waitingChanges,
  writeWakeUpMs,
  type WaitingChange,
} from './waiting';
export * from './waitingLine';
export * from './hooks';
export * from './directory';
export * from './members';
export * from './emailKey';
export * from './rosters';
export * from './refresh';
export { stamped, type Stamped } from './stamped';
export * from './turns';
export * from './groups';
export * from './runs';
export * from './runPeople';
export { ACCOUNT_PLACES } from './accountPlaces';
export * from './accounts';
export { eraseAccount } from './erase';
export * from './ledgerSweep';
export * from './reportCycle';
export * from './failures';
export { readJiraSpending, writeJiraSpending, type JiraSpending } from './jiraPoints';
export * from './boardCounts';
