/** The functions named in manifest.yml, and nothing else. */
export { panelResolver } from './panel';
export { adminResolver } from './admin';
export { recover } from './recovery';
