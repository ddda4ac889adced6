import { makeResolver } from '@forge/resolver';
import type { AdminDefinitions } from '../contract';
import { check } from './check';
import { createHook, hooks, revokeHook } from './hooks';
import { adminFunction } from './request';
import { save } from './save';
import { saveAccess } from './saveAccess';
import { load } from './view';

/** The admin page's resolver: its own root, and each function behind the question whether the user administers Jira. */
export const adminResolver = makeResolver<AdminDefinitions>({
  'admin.load': adminFunction('admin.load', load),
  'admin.save': adminFunction('admin.save', save),
  'admin.saveAccess': adminFunction('admin.saveAccess', saveAccess),
  'admin.hooks': adminFunction('admin.hooks', hooks),
  'admin.createHook': adminFunction('admin.createHook', createHook),
  'admin.revokeHook': adminFunction('admin.revokeHook', revokeHook),
  'admin.check': adminFunction('admin.check', check),
});
