import { makeResolver } from '@forge/resolver';
import type { AdminDefinitions } from '../contract';
import { loadAccess } from './access/load';
import { saveAccess } from './access/save';
import { createHook, hooks, revokeHook } from './callers/hooks';
import { check } from './connection/check';
import { save } from './connection/save';
import { load } from './connection/view';
import { adminFunction } from './request';

/** The admin page's resolver: its own root, and each function behind the question whether the user administers Jira. */
export const adminResolver = makeResolver<AdminDefinitions>({
  // Connection
  'admin.load': adminFunction('admin.load', load),
  'admin.save': adminFunction('admin.save', save),
  'admin.check': adminFunction('admin.check', check),
  // Access
  'admin.loadAccess': adminFunction('admin.loadAccess', loadAccess),
  'admin.saveAccess': adminFunction('admin.saveAccess', saveAccess),
  // Callers
  'admin.hooks': adminFunction('admin.hooks', hooks),
  'admin.createHook': adminFunction('admin.createHook', createHook),
  'admin.revokeHook': adminFunction('admin.revokeHook', revokeHook),
});
