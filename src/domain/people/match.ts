import type { EmailHiddenReason, LinkView, Match, MemberView } from '../../contract';
import { memberById, membersByEmail, type SegmentWithPeople } from './members';

/** What is stored about a reporter: a link, the mark of someone who unlinked them by hand, or nothing. */
export type LinkState =
  | { readonly state: 'linked'; readonly memberId: number; readonly link: LinkView }
  | { readonly state: 'unlinked' }
  | { readonly state: 'none' };

/** What Jira tells of the reporter's e-mail. */
export type EmailFact =
  { readonly kind: 'email'; readonly email: string } | { readonly kind: 'hidden'; readonly reason: EmailHiddenReason };

/** The match of somebody who is a person. */
export type PersonMatch = Exclude<Match, { state: 'noReporter' | 'notAPerson' }>;

/**
 * Which member a reporter is. A stored link decides; without one the e-mail does, and only when
 * exactly one member has it.
 * @param email not read (null) when a link decides
 * @returns `found` also where the caller may link on its own, which it may when `link.state` is `none`
 */
export function matchReporter(
  link: LinkState,
  email: EmailFact | null,
  segments: readonly SegmentWithPeople[],
): PersonMatch {
  if (link.state === 'linked') return { state: 'linked', member: memberById(segments, link.memberId), link: link.link };
  if (email === null) return { state: 'emailHidden', reason: 'unavailable' };
  if (email.kind === 'hidden') return { state: 'emailHidden', reason: email.reason };
  return matchCandidates(membersByEmail(segments, email.email));
}

function matchCandidates(candidates: readonly MemberView[]): PersonMatch {
  const [first, second] = candidates;
  if (first === undefined) return { state: 'notFound' };
  return second === undefined ? { state: 'found', member: first } : { state: 'ambiguous', candidates };
}
