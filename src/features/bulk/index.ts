export { bulkResolver } from './page/resolver';
export { processRun } from './worker/worker';
