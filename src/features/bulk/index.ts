export { bulkResolver } from './page/resolver';
export { carryOutRun } from './worker/worker';
