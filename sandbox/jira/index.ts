export * from './types';
export type { IssueHappening } from './edits';
export { issueEvent } from './issueEvents';
export { createJira, type Jira } from './jira';
export { PRIORITIES, STATUS_NAMES, TYPE_NAMES } from './issueValues';
export { MOST_CHARACTERS, MOST_VALUES } from './jql';
