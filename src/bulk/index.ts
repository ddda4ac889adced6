export { bulkResolver } from './resolver';
export { carryOutRun } from './worker';
