import { makeResolver } from '../../../usecases/result';
import type { BulkDefinitions } from '../../../contract';
import { cancel, pause, resume, start } from './control';
import { create } from './create';
import { estimate, read } from './read';
import { report } from './report';
import { bulkFunction } from './request';
import { known, lookAt, open } from './view';

/**
 * The bulk page's resolver: its own root, and each function behind the question whether the user may move people in
 * bulk. A Jira admin can always see what runs there are and make them rest, also where the rule leaves them out.
 */
export const bulkResolver = makeResolver<BulkDefinitions>({
  'bulk.known': bulkFunction('bulk.known', 'ruleOrAdmin', known),
  'bulk.open': bulkFunction('bulk.open', 'ruleOrAdmin', open),
  'bulk.create': bulkFunction('bulk.create', 'rule', create),
  'bulk.estimate': bulkFunction('bulk.estimate', 'rule', estimate),
  'bulk.read': bulkFunction('bulk.read', 'rule', read),
  'bulk.run': bulkFunction('bulk.run', 'ruleOrAdmin', lookAt),
  'bulk.start': bulkFunction('bulk.start', 'rule', start),
  'bulk.pause': bulkFunction('bulk.pause', 'ruleOrAdmin', pause),
  'bulk.resume': bulkFunction('bulk.resume', 'rule', resume),
  'bulk.cancel': bulkFunction('bulk.cancel', 'ruleOrAdmin', cancel),
  'bulk.report': bulkFunction('bulk.report', 'ruleOrAdmin', report),
});
