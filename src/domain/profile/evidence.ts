import { PROFILE_ASPECTS, type Evidence, type ProfileAspect, type SiteProfile } from '../../contract';

/** Who chose parts of a profile, and when. */
export function choosersOf({ evidence }: SiteProfile): { readonly byAccountId: string; readonly atMs: number }[] {
  return PROFILE_ASPECTS.map((aspect) => evidence[aspect]).filter((one) => one.how === 'chosen');
}

/** A profile with a mark in place of a person who chose parts of it; the very same where they chose none. */
export function withoutChooser(profile: SiteProfile, accountId: string, mark: string): SiteProfile {
  const isTheirs = (evidence: Evidence): boolean => evidence.how === 'chosen' && evidence.byAccountId === accountId;
  if (!PROFILE_ASPECTS.some((aspect) => isTheirs(profile.evidence[aspect]))) return profile;
  return mapEvidence(profile, (aspect) => {
    const evidence = profile.evidence[aspect];
    return evidence.how === 'chosen' && isTheirs(evidence) ? { ...evidence, byAccountId: mark } : evidence;
  });
}

/** A profile with evidence made anew for each of its parts. */
export function mapEvidence(profile: SiteProfile, of: (aspect: ProfileAspect) => Evidence): SiteProfile {
  return PROFILE_ASPECTS.reduce<SiteProfile>(
    (changed, aspect) => ({ ...changed, evidence: { ...changed.evidence, [aspect]: of(aspect) } }),
    profile,
  );
}
