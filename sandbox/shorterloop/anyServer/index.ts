export { createAnyServer, type ProfiledServer } from './anyServer';
