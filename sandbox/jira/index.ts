export * from './types';
export { createJira, type Jira } from './jira';
export { PRIORITIES, STATUS_NAMES } from './issueValues';
export { MOST_CHARACTERS, MOST_VALUES } from './jql';
