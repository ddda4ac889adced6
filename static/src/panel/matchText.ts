import type { Match } from '@contract';
import { memberName } from '../shared/people';
import { t } from '../i18n';

/** A match that is not settled. */
export type UnsettledMatch = Exclude<Match, { state: 'linked' }>;

/** What a match that is not settled is called, why it is not, and what to do about it. */
type MatchText = { readonly title: string; readonly cause: string; readonly next: string };

/** Puts into words why it is not settled who the reporter is. */
export function matchText(match: UnsettledMatch): MatchText {
  if (match.state === 'ambiguous' && match.reason !== 'emailShared')
    return {
      title: t('panel.ambiguous.review.title'),
      cause: t(`people.review.${match.reason}`),
      next: t('panel.ambiguous.review.next'),
    };
  return {
    title: t(`panel.${match.state}.title`),
    cause: causeOf(match),
    next:
      match.state === 'emailHidden'
        ? t(`panel.emailHidden.reasons.${match.reason}.next`)
        : t(`panel.${match.state}.next`),
  };
}

function causeOf(match: UnsettledMatch): string {
  switch (match.state) {
    case 'found':
      return t('panel.found.cause', { who: memberName(match.member) });
    case 'ambiguous':
      return t('panel.ambiguous.cause', { count: match.candidates.length });
    case 'notFound':
    case 'noReporter':
      return t(`panel.${match.state}.cause`);
    case 'emailHidden':
      return t(`panel.emailHidden.reasons.${match.reason}.cause`);
    case 'notAPerson':
      return t(`panel.notAPerson.reasons.${match.reason}`);
  }
}
