import type { ReactNode } from 'react';
import type { FoundMember } from '@contract';
import { t } from '../../../i18n';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { MemberRow, type MemberAction } from '../MemberRow';
import { MemberSearchForm } from './MemberSearchForm';
import { useMemberSearch } from './useMemberSearch';

type MemberSearchProps = {
  readonly isBusy?: boolean;
  /** What can be done with each member that is found. */
  readonly action?: (member: FoundMember) => MemberAction;
  /** What stands below each member. */
  readonly below?: (member: FoundMember) => ReactNode;
};

/** Finds members by a whole e-mail, by id, or by part of a name, in all segments or in one. */
export function MemberSearch({ isBusy = false, action, below }: MemberSearchProps) {
  const members = useMemberSearch();
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
