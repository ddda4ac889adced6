export { panelResolver } from './resolver';
