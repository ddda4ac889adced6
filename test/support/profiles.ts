import { DEFAULT_PROFILE, type ConnectionSettings, type KeyForm, type SiteProfile } from '../../src/contract';

/** Settings whose key is shown after another word. */
export function withScheme(settings: ConnectionSettings, scheme: KeyForm['scheme']): ConnectionSettings {
  return { ...settings, profile: { ...settings.profile, key: { ...settings.profile.key, scheme } } };
}

/** The default profile, with what a test wants to be different. */
export function profile(changes: Partial<SiteProfile> = {}): SiteProfile {
  return { ...DEFAULT_PROFILE, ...changes };
}
