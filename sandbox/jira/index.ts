export * from './types';
export { createJira, type Jira } from './jira';
export { PRIORITIES, STATUS_NAMES } from './issues';
export { MOST_CHARACTERS, MOST_VALUES } from './jql';
