import { FUNCTIONS, PRIVACY_RULES, QUEUE, TRIGGERS } from './functions';
import { ISSUE_CONTEXT } from './modules';
import type { Rules } from './rule';
import { STORAGE } from './storage';

/** Every rule of Forge that the sandbox plays, by area. */
export const AREAS: readonly { readonly name: string; readonly prefix: string; readonly rules: Rules }[] = [
  { name: 'Storage', prefix: 'storage', rules: STORAGE },
  { name: 'Queue', prefix: 'queue', rules: QUEUE },
  { name: 'Functions, payloads and egress', prefix: 'functions', rules: FUNCTIONS },
  { name: 'Schedules, web triggers, actions, JQL and events', prefix: 'triggers', rules: TRIGGERS },
  { name: 'The issue context', prefix: 'context', rules: ISSUE_CONTEXT },
  { name: 'Personal data', prefix: 'privacy', rules: PRIVACY_RULES },
];
