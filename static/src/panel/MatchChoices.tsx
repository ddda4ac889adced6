import { t } from '../i18n';
import type { UnsettledMatch } from './matchText';
import { MemberList } from './MemberList';
import { SearchMembers, type SearchMembersProps } from './SearchMembers';

export type MatchChoicesProps = SearchMembersProps & {
  readonly match: UnsettledMatch;
  /** Whether the viewer may link: without it the members are there to be looked at. */
  readonly mayLink: boolean;
};

/** The members who may be the reporter, and the search for another; a reporter who is no person has neither. */
export function MatchChoices({ match, ...list }: MatchChoicesProps) {
  switch (match.state) {
    case 'found':
    case 'ambiguous':
      return (
        <>
          <MemberList
            members={match.state === 'found' ? [match.member] : match.candidates}
            label={t('panel.ambiguous.candidates')}
            {...list}
          />
          {list.mayLink && (
            <details className="another">
              <summary>{t('panel.search.another')}</summary>
              <SearchMembers {...list} />
            </details>
          )}
        </>
      );
    case 'notFound':
    case 'emailHidden':
      return list.mayLink ? <SearchMembers {...list} /> : null;
    case 'noReporter':
    case 'notAPerson':
      return null;
  }
}
