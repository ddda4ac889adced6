import Button from '@atlaskit/button/new';
import { useId, useState, type ReactNode } from 'react';
import type { FoundMember, FoundMembers } from '@contract';
import { t } from '../../../i18n';
import { ask, type PageProblem } from '../../../shared/ask';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { invoke } from '../../api';
import { MemberRow, type MemberAction } from '../MemberRow';

type MemberSearchProps = {
  readonly isBusy?: boolean;
  /** What can be done with each member that is found. */
  readonly action?: (member: FoundMember) => MemberAction;
  /** What stands below each member. */
  readonly below?: (member: FoundMember) => ReactNode;
};
type Search =
  | { readonly state: 'idle' | 'tooShort' | 'searching' }
  | { readonly state: 'failed'; readonly problem: PageProblem }
  | { readonly state: 'found' };

const SHORTEST = 2;

/** Finds members by a whole e-mail, by id, or by part of a name, in all segments or in one. */
export function MemberSearch({ isBusy = false, action, below }: MemberSearchProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [segmentId, setSegmentId] = useState<number | null>(null);
  const [search, setSearch] = useState<Search>({ state: 'idle' });
  const [found, setFound] = useState<FoundMembers | null>(null);

  const start = async () => {
    if (search.state === 'searching') return;
    if (query.trim().length < SHORTEST) return setSearch({ state: 'tooShort' });
    setSearch({ state: 'searching' });
    const asked = await ask<FoundMembers>(invoke('admin.findMembers', { query: query.trim(), segmentId }));
    setSearch(asked.kind === 'ok' ? { state: 'found' } : { state: 'failed', problem: asked.problem });
    if (asked.kind === 'ok') setFound(asked.value);
  };

  return (
    <>
      <form
        role="search"
        className="people-search"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
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
          <div className="field">
            <label htmlFor={`${id}-in`}>{t('admin.people.find.within')}</label>
            <select
              id={`${id}-in`}
              className="input"
              value={segmentId ?? ''}
              onChange={(event) => setSegmentId(event.target.value === '' ? null : Number(event.target.value))}
            >
              <option value="">{t('admin.people.find.everywhere')}</option>
              {found.segments.map((segment) => (
                <option key={segment.id} value={segment.id}>
                  {segment.name}
                </option>
              ))}
            </select>
          </div>
        )}
        <Button type="submit" isLoading={search.state === 'searching'}>
          {t('admin.people.find.search')}
        </Button>
      </form>
      <p id={`${id}-hint`} className={search.state === 'tooShort' ? 'field-error' : 'subtle small'}>
        {t(search.state === 'tooShort' ? 'admin.people.find.tooShort' : 'admin.people.find.memberHint')}
      </p>
      {search.state === 'failed' && (
        <div role="alert">
          <ProblemMessage problem={search.problem} onRetry={() => void start()} onReload={() => void start()} />
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
