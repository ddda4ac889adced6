import { useState, type ReactNode } from 'react';
import type { FoundMember } from '@contract';
import { t } from '../../../i18n';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { makeDraft, type Draft } from '../../../shared/useDraft';
import { MemberRow, type MemberAction } from '../MemberRow';
import { MemberSearchForm } from './MemberSearchForm';
import { useMemberSearch, type MemberQuestion } from './useMemberSearch';

type MemberSearchProps = {
  readonly isBusy?: boolean;
  /** Where the question is kept while the tab is not open. */
  readonly draft?: Draft<MemberQuestion>;
  /** What stands in the field before anything is typed. */
  readonly first?: string;
  /** What can be done with each member that is found. */
  readonly action?: (member: FoundMember) => MemberAction;
  /** What stands below each member. */
  readonly below?: (member: FoundMember) => ReactNode;
};

/** Finds members by a whole e-mail, by id, or by part of a name, in all segments or in one. */
export function MemberSearch({ isBusy = false, draft, first = '', action, below }: MemberSearchProps) {
  const [own] = useState(() => makeDraft<MemberQuestion>());
  const members = useMemberSearch(draft ?? own, first);
  const { search, found, start } = members;
  return (
    <>
      <MemberSearchForm members={members} />
      {search.state === 'failed' && (
        <div role="alert">
          <ProblemMessage problem={search.problem} onRetry={start} onReload={start} />
        </div>
      )}
      <p role="status" className="subtle small">
        {search.state === 'found' &&
          found !== null &&
          (found.needsSegment
            ? t('admin.people.find.needsSegment')
            : t('admin.people.find.members', { count: found.members.length }))}
        {search.state === 'found' && found?.truncated === true && ` ${t('admin.people.find.more')}`}
      </p>
      {search.state === 'found' && found !== null && found.members.length > 0 && (
        <ul className="people-rows" aria-label={t('admin.people.find.memberList')}>
          {found.members.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              segments={found.segments}
              isBusy={isBusy}
              {...(action === undefined ? {} : { action: action(member) })}
            >
              {below?.(member)}
            </MemberRow>
          ))}
        </ul>
      )}
    </>
  );
}
