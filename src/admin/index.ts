export { adminResolver } from './resolver';
