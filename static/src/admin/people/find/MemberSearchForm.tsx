import Button from '@atlaskit/button/new';
import { useId } from 'react';
import { t } from '../../../i18n';
import { SegmentChoice } from './SegmentChoice';
import type { MemberQuery } from './useMemberSearch';

type MemberSearchFormProps = { readonly members: MemberQuery };

/** Whom to search for, and where. */
export function MemberSearchForm({ members }: MemberSearchFormProps) {
  const { query, setQuery, segmentId, setSegmentId, search, found, start } = members;
  const id = useId();
  return (
    <>
      <form
        role="search"
        className="people-search"
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <div className="field">
          <label htmlFor={id}>{t('admin.people.find.member')}</label>
          <input
            id={id}
            className="input"
            type="text"
            autoComplete="off"
            maxLength={320}
            value={query}
            aria-describedby={`${id}-hint`}
            aria-invalid={search.state === 'tooShort'}
            onChange={(event) => setQuery(event.target.value)}
          />
        </div>
        {found !== null && (
          <SegmentChoice id={`${id}-in`} segments={found.segments} segmentId={segmentId} onChange={setSegmentId} />
        )}
        <Button type="submit" isLoading={search.state === 'searching'}>
          {t('admin.people.find.search')}
        </Button>
      </form>
      <p id={`${id}-hint`} className={search.state === 'tooShort' ? 'field-error' : 'subtle small'}>
        {t(search.state === 'tooShort' ? 'admin.people.find.tooShort' : 'admin.people.find.memberHint')}
      </p>
    </>
  );
}
