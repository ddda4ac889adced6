import { makeResolver } from '@forge/resolver';
import type { AdminDefinitions } from '../contract';
import { check } from './check';
import { adminFunction } from './request';
import { save } from './save';
import { saveAccess } from './saveAccess';
import { load } from './view';

/** The admin page's resolver: its own root, and each function behind the question whether the user administers Jira. */
export const adminResolver = makeResolver<AdminDefinitions>({
  'admin.load': adminFunction('admin.load', load),
  'admin.save': adminFunction('admin.save', save),
  'admin.saveAccess': adminFunction('admin.saveAccess', saveAccess),
  'admin.check': adminFunction('admin.check', check),
});
