export { boardResolver } from './resolver';
