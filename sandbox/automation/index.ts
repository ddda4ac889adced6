export { readActions } from './actions';
export { handleAutomation, type AutomationControl } from './control';
export { automationMain, searchMain } from './pages';
export { createRules, type AuditEntry, type Rule } from './rules';
