/** The functions named in manifest.yml, and nothing else. */
export { panelResolver } from './panel';
export { adminResolver } from './admin';
export { boardResolver } from './board';
export {
  actionFormResolver,
  addReporter,
  carryOutWaiting,
  getReporterSegments,
  moveReporter,
  removeReporter,
  ruleHook,
} from './automation';
export { reporterInSegment } from './jql';
export { bulkResolver, carryOutRun } from './bulk';
export { refreshDirectory } from './directory';
export { tick } from './tick';
export { carryOutUpkeep, purge } from './upkeep';
