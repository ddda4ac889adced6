export { noteIssueEvent } from './events';
export { lookAtPending } from './looks';
export { syncIdentities } from './run';
