import type { IssueState } from '../../sandbox/jira/types';
import type { Site } from '../support/site';

/** Issues by whose reporters writes can be tried: one of them is where everything can be read. */
const CANDIDATES: readonly IssueState[] = ['one', 'many', 'longName', 'nonLatin', 'rightToLeft', 'markup', 'linked'];

/** A write that can be tried from an issue. */
export type Try = { readonly issue: IssueState; readonly memberId: number; readonly from: number; readonly to: number };

/**
 * Whether a segment can't be read as it should be here, so that nothing may be written about it: the last of the
 * ordinary ones are those that nobody may read, and the first ones those with odd records.
 */
export function isUnusable({ simulator }: Site, id: number): boolean {
  const { testing, profile, segments } = simulator;
  if (profile === null) return false;
  const { forbidden, mistaken, invites, nullRows } = profile.bad;
  const ordinary = segments.filter((one) => one.id !== testing?.from && one.id !== testing?.to);
  const place = ordinary.findIndex((one) => one.id === id);
  const odd = Math.max(mistaken, invites + nullRows > 0 ? 1 : 0);
  return place !== -1 && (place < odd || place >= ordinary.length - forbidden);
}

/** The segments into which somebody may be put, those for tests last. */
export function targetsOf(site: Site): number[] {
  const { testing, segments } = site.simulator;
  const usable = segments.map(({ id }) => id).filter((id) => !isUnusable(site, id));
  const isForTests = (id: number): boolean => id === testing?.from || id === testing?.to;
  return [...usable.filter((id) => !isForTests(id)), ...usable.filter(isForTests)];
}

/** Writes from the panel that can be tried here, each about somebody else who is in so many segments at least. */
export function triesOf(site: Site, least: number): Try[] {
  return CANDIDATES.flatMap((issue) => {
    const memberId = site.jira.memberFor(issue)?.id ?? 0;
    const here = site.simulator.truth.membershipsOf(memberId);
    const from = here.find((id) => !isUnusable(site, id));
    const to = targetsOf(site).find((id) => !here.includes(id));
    return from === undefined || to === undefined || here.length < least ? [] : [{ issue, memberId, from, to }];
  });
}
