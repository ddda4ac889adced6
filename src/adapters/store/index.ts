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
export * from './tokenBucket';
export * from './batchReads';
export {
  dismissChange,
  eachFailedChange,
  eachQueuedChange,
  failedChanges,
  failErased,
  readWakeUpMs,
  readQueuedChange,
  queuedChanges,
  writeWakeUpMs,
  type QueuedChange,
} from './queuedChanges';
export * from './changeQueue';
export { deleteRoomOf } from './queueRoom';
export * from './failedSweep';
export * from './apiClients';
export * from './directory';
export * from './members';
export * from './emailKey';
export * from './rosters';
export * from './refresh';
export { versioned, type Versioned } from './versioned';
export * from './batchLeases';
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
