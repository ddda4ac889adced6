export { noteIssueEvent } from './events';
export { takeHint } from './hint';
export { lookAtPending } from './looks';
export { syncIdentities } from './run';
