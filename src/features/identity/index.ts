export { syncIdentities } from './run';
