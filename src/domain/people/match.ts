import type { LinkView, Match } from '../../contract';
import type { EmailIdentity } from './identity';
import { memberById, type SegmentWithPeople } from './members';

/** What is stored about a reporter: a link, the mark of someone who unlinked them by hand, or nothing. */
export type LinkState =
  | { readonly state: 'linked'; readonly memberId: number; readonly link: LinkView }
  | { readonly state: 'unlinked' }
  | { readonly state: 'none' };

/** The match of somebody who is a person. */
export type PersonMatch = Exclude<Match, { state: 'noReporter' | 'notAPerson' }>;

/**
 * Which member a reporter is. A stored link decides; without one their e-mail does, as {@link identifyByEmail} says.
 * @returns `found` also where the caller may link on its own, which it may when `link.state` is `none`
 */
export function matchReporter(
  link: LinkState,
  identity: EmailIdentity,
  segments: readonly SegmentWithPeople[],
  candidates: readonly number[],
): PersonMatch {
  if (link.state === 'linked') return { state: 'linked', member: memberById(segments, link.memberId), link: link.link };
  switch (identity.kind) {
    case 'hidden':
      return { state: 'emailHidden', reason: identity.reason };
    case 'nobody':
      return { state: 'notFound' };
    case 'certain':
      return { state: 'found', member: memberById(segments, identity.memberId) };
    case 'review':
      return {
        state: 'ambiguous',
        reason: identity.reason,
        candidates: candidates.map((memberId) => memberById(segments, memberId)),
      };
  }
}
