/** The functions named in manifest.yml, and nothing else. */
export { contextStatus, panelResolver } from './features/panel';
export { adminResolver } from './features/admin';
export { boardResolver } from './features/board';
export {
  actionFormResolver,
  addReporter,
  processQueuedChanges,
  getReporterSegments,
  moveReporter,
  removeReporter,
  handleApiRequest,
} from './features/automation';
export { fillField, reporterSegments } from './features/field';
export { reporterInSegment } from './features/jql';
export { bulkResolver, processRun } from './features/bulk';
export { refreshDirectory } from './features/directory';
export { lookAtPending, noteIssueEvent, syncIdentities, takeHint } from './features/identity';
export { tick } from './features/tick';
export { performUpkeep, purge } from './features/upkeep';
