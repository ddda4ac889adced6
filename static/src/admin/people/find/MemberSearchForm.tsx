import { useId } from 'react';
import { t } from '../../../i18n';
import { PeopleSearchForm } from './PeopleSearchForm';
import { SegmentChoice } from './SegmentChoice';
import type { MemberQuery } from './useMemberSearch';

type MemberSearchFormProps = { readonly members: MemberQuery };

/** Whom to search for, and where. */
export function MemberSearchForm({ members }: MemberSearchFormProps) {
  const { query, setQuery, segmentId, setSegmentId, search, found, start } = members;
  const id = useId();
  const isTooShort = search.state === 'tooShort';
  return (
    <PeopleSearchForm
      label={t('admin.people.find.member')}
      query={query}
      maxLength={320}
      isSearching={search.state === 'searching'}
      hint={{
        text: t(isTooShort ? 'admin.people.find.tooShort' : 'admin.people.find.memberHint'),
        isError: isTooShort,
      }}
      onChange={setQuery}
      onSearch={start}
    >
      {found !== null && (
        <SegmentChoice id={id} segments={found.segments} segmentId={segmentId} onChange={setSegmentId} />
      )}
    </PeopleSearchForm>
  );
}
