export * from './types';
export type { GroupName } from './access';
export type { JiraFault, JiraFaultRule, JiraFaults } from './faults';
export type { JiraPages, ModuleView } from './pages';
export type { JiraCall } from './rest';
export { createJira, type AskFunction, type Jira, type JiraOptions } from './jira';
export { STATUS_NAMES, type Priority, type StatusName } from './issues';
export { JqlError } from './jql';
