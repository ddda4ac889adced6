export { createAnyServer } from './anyServer';
