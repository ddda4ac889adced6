export { handleAutomation, type AutomationControl } from './control';
export { automationMain, searchMain } from './pages';
export { createRules, type AuditEntry, type AuditPart, type Component, type Rule, type Rules } from './rules';
export { runRule, type RunParts } from './runRule';
