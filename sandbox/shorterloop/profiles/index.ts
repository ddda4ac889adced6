import { namedProfile, type NamedProfile, type NamedProfileInput } from '../profile';
import { ANSWER_PROFILES } from './answers';
import { DEED_PROFILES } from './deeds';
import { FORM_PROFILES } from './forms';
import { ID_PROFILES } from './ids';
import { KEY_PROFILES } from './keys';
import { MIXED_PROFILES } from './mixed';
import { PAGE_PROFILES } from './pages';
import { ROUTE_PROFILES } from './routes';
import { STYLE_PROFILES } from './styles';
import { TIME_PROFILES } from './times';
import { FOREIGN_PROFILES } from './foreign';
import { WILD_PROFILES } from './wild';

const WRITTEN: readonly NamedProfileInput[] = [
  ...ROUTE_PROFILES,
  ...KEY_PROFILES,
  ...FORM_PROFILES,
  ...ID_PROFILES,
  ...PAGE_PROFILES,
  ...TIME_PROFILES,
  ...DEED_PROFILES,
  ...ANSWER_PROFILES,
  ...MIXED_PROFILES,
  ...STYLE_PROFILES,
  ...WILD_PROFILES,
  ...FOREIGN_PROFILES,
];

/** Every server that has a name. */
export const PROFILES: readonly NamedProfile[] = WRITTEN.map(namedProfile);

/** The server of that name; undefined when there is none. */
export function profileNamed(name: string): NamedProfile | undefined {
  return PROFILES.find((profile) => profile.name === name);
}
