import type { Attack } from '../attack';
import { attacks as access } from './access';
import { attacks as bulk } from './bulk';
import { attacks as files } from './files';
import { attacks as identity } from './identity';
import { attacks as ids } from './ids';
import { attacks as pages } from './pages';
import { attacks as storage } from './storage';

/** Every attack: a topic to a file. */
export const attacks: readonly Attack[] = [...access, ...bulk, ...identity, ...ids, ...files, ...pages, ...storage];
