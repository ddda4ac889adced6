import { makeResolver } from '../../../usecases/result';
import type { BulkDefinitions } from '../../../contract';
import { cancel, pause, resume, start } from './control';
import { create } from './create';
import { estimate, read } from './read';
import { report } from './report';
import { bulkFunction } from './request';
import { lookAt, open } from './view';

/**
 * The bulk page's resolver: its own root, and each function behind the question whether the user may move people in
 * bulk.
 */
export const bulkResolver = makeResolver<BulkDefinitions>({
  'bulk.open': bulkFunction('bulk.open', open),
  'bulk.create': bulkFunction('bulk.create', create),
  'bulk.estimate': bulkFunction('bulk.estimate', estimate),
  'bulk.read': bulkFunction('bulk.read', read),
  'bulk.run': bulkFunction('bulk.run', lookAt),
  'bulk.start': bulkFunction('bulk.start', start),
  'bulk.pause': bulkFunction('bulk.pause', pause),
  'bulk.resume': bulkFunction('bulk.resume', resume),
  'bulk.cancel': bulkFunction('bulk.cancel', cancel),
  'bulk.report': bulkFunction('bulk.report', report),
});
