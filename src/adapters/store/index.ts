export { profileSchema } from './profileSchema';
export * from './settings';
export { readCheckDraft, writeCheckDraft } from './checkDraft';
export * from './access';
export * from './jqlSettings';
export { readProjectScope, writeProjectScope } from './projects';
export { readKey, readStoredKey, writeKey, type StoredKey } from './key';
export {
  accountsByMember,
  linkedAccounts,
  linkedPairs,
  readLink,
  writeFirstLink,
  writeLink,
  writeUnlinked,
  type LinkAct,
} from './links';
export { changeIdentity, readIdentity, wasTrustAsked } from './identity';
export {
  addPendingIssue,
  deletePendingIssues,
  pendingIssues,
  readFieldAwakeMs,
  writeFieldAwakeMs,
} from './pendingIssues';
export { claimMember, contestMember, readContests } from './memberClaims';
export * from './manyLinks';
export { readReporters, reportersByEmailKey, reportersIn, type KnownReporter } from './reporters';
export { beginDomains, readSyncTotals, type SyncTotals } from './syncTotals';
export * from './noteReporters';
export * from './pendingLooks';
export * from './changedMembers';
export { claimAddRequest, releaseAddRequest, type AddRequest } from './addRequests';
export { readHint, readHintSecret, writeHint, writeHintSecret, type HintSecret } from './hint';
export * from './identitySync';
export * from './schedule';
export * from './ledger';
export { timeOfSequence } from './ledgerIndex';
export { searchLedger } from './ledgerSearch';
export * from './retention';
export { forgetNotedStrays, noteStrays, readNotedStrays } from './notedStrays';
export { findRuleFailure, readRuleFailures, recordRuleFailure } from './ruleFailures';
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
  type QueuedUnknownChoice,
} from './queuedChanges';
export { dequeue, enqueue, hasQueued, readQueue, requeue, updateQueued } from './changeQueue';
export { deleteAdmissionsOf } from './queueAdmissions';
export * from './failedSweep';
export {
  deleteApiClient,
  hashOfSecret,
  isSecretOf,
  MAX_API_CLIENTS,
  noteApiClientUse,
  readApiClient,
  readApiClientNames,
  readApiClients,
  writeApiClient,
  type ApiClient,
} from './apiClients';
export * from './directory';
export * from './members';
export { ensureBlindName, ensureEmailKeyOf, readEmailKeyOf, type BlindName, type EmailKeyOf } from './emailKey';
export * from './rosters';
export * from './refresh';
export type { Versioned } from './versioned';
export * from './batchLeases';
export * from './groups';
export * from './runs';
export * from './runPeople';
export { ACCOUNT_PLACES } from './accountPlaces';
export * from './accounts';
export { eraseAccount } from './erase';
export * from './ledgerSweep';
export { PURGES } from './purge';
export * from './reportCycle';
export * from './failures';
export * from './testStep';
export { readJiraSpending, writeJiraSpending, type JiraSpending } from './jiraPoints';
export * from './boardCounts';
export * from './fieldSettings';
export * from './fieldRows';
