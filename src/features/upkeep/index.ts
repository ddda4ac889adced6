export { purge } from './purge';
export { carryOutUpkeep, startUpkeep } from './run';
