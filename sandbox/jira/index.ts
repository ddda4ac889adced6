export * from './types';
export type { GroupName } from './access';
export type { JiraFault, JiraFaultRule, JiraFaults } from './faults';
export type { JiraPages, ModuleView } from './pages';
export type { JiraCall } from './rest';
export { createJira, type ChangeResult, type Jira, type JiraOptions } from './jira';
export { PRIORITIES, STATUS_NAMES, type Priority, type StatusName } from './issues';
export { MOST_CHARACTERS, MOST_VALUES, type SearchResult } from './jql';
export type { Precomputation } from './precomputations';
