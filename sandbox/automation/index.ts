export { handleAutomation, type AutomationControl } from './control';
export { automationMain, searchMain } from './pages';
export { createRules, type AuditEntry, type Component, type Rule } from './rules';
export { runRule, type RunParts } from './runRule';
