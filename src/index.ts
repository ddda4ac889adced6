/** The functions named in manifest.yml, and nothing else. */
export { panelResolver } from './panel';
export { adminResolver } from './admin';
export { boardResolver } from './board';
export { actionFormResolver, addReporter, carryOutWaiting, getReporterSegments, moveReporter, removeReporter, ruleHook } from './automation';
export { refreshPrecomputations, reporterInSegment } from './jql';
export { bulkResolver, carryOutRun } from './bulk';
export { recover } from './recovery';
export { refreshDirectory, refreshWhenDue } from './directory';
export { carryOutUpkeep, purge, startUpkeep } from './upkeep';
