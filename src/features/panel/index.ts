export { panelResolver } from './resolver';
export { contextStatus } from './status';
