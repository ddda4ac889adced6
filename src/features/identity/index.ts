export { noteIssueEvent } from './events';
export { lookAtPending } from './looks';
