import type { Match } from '@contract';
import { memberName } from '../shared/people';
import { t } from '../i18n';

/** A match that is not settled. */
export type UnsettledMatch = Exclude<Match, { state: 'linked' }>;

/** What a match that is not settled is called, why it is not, and what to do about it. */
type MatchText = { readonly title: string; readonly cause: string; readonly next: string };

/**
 * Puts into words why it is not settled who the reporter is.
 * @param mayLink whether the viewer may settle it by hand
 */
export function matchText(match: UnsettledMatch, mayLink: boolean): MatchText {
  if (match.state === 'ambiguous' && match.reason !== 'emailShared')
    return {
      title: t('panel.ambiguous.review.title'),
      cause: t(`people.review.${match.reason}`),
      next: mayLink ? t('panel.ambiguous.review.next') : t('panel.linkedByOthers'),
    };
  return { title: t(`panel.${match.state}.title`), cause: causeOf(match), next: nextOf(match, mayLink) };
}

function nextOf(match: UnsettledMatch, mayLink: boolean): string {
  switch (match.state) {
    case 'noReporter':
    case 'notAPerson':
      return t(`panel.${match.state}.next`);
    case 'emailHidden':
      return mayLink ? t(`panel.emailHidden.reasons.${match.reason}.next`) : t('panel.linkedByOthers');
    case 'found':
    case 'ambiguous':
    case 'notFound':
      return mayLink ? t(`panel.${match.state}.next`) : t('panel.linkedByOthers');
  }
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
