export { purge } from './purge';
export { performUpkeep, startUpkeep } from './run';
