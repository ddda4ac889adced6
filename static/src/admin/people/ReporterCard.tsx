import Button from '@atlaskit/button/new';
import Spinner from '@atlaskit/spinner';
import { useEffect, useRef } from 'react';
import type { MemberView, ReporterLookup, Segment } from '@contract';
import { t } from '../../i18n';
import { useActorNames } from '../../shared/actorNames';
import { memberName } from '../../shared/people';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { MemberSearch } from './find/MemberSearch';
import { MemberRow } from './MemberRow';
import { useReporter } from './useReporter';

type ReporterCardProps = {
  readonly accountId: string;
  /** Called after each change that was stored. */
  readonly onChange: () => void;
  /** Goes to the next one, where there is a queue. */
  readonly onNext?: () => void;
};

/** One Jira account: who they are in Shorter Loop, and the ways to decide it. */
export function ReporterCard({ accountId, onChange, onNext }: ReporterCardProps) {
  const { lookup, problem, isBusy, reload, link, unlink } = useReporter(accountId, onChange);
  const name = useActorNames([accountId], null)(accountId);
  const title = useRef<HTMLHeadingElement>(null);
  // Whoever decided about one is taken to the next.
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const isLinked = lookup?.match.state === 'linked';
  return (
    <article className="people-card" aria-labelledby={`person-${accountId}`}>
      <div>
        <h3 ref={title} id={`person-${accountId}`} tabIndex={-1} className="people-card-title">
          <bdi>{name}</bdi>
        </h3>
        <p className="subtle small">{accountId}</p>
      </div>
      {lookup === null && isBusy && (
        <div role="status">
          <Spinner size="small" />
          <span className="visually-hidden">{t('admin.people.card.loading')}</span>
        </div>
      )}
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} isBusy={isBusy} onRetry={reload} onReload={reload} />
        </div>
      )}
      {lookup !== null && (
        <>
          <p role="status">{sayMatch(lookup)}</p>
          <MembersOf lookup={lookup} isBusy={isBusy} onLink={link} onUnlink={unlink} />
          {!isLinked && lookup.match.state !== 'notAPerson' && (
            <details>
              <summary>{t('admin.people.card.other')}</summary>
              <MemberSearch
                isBusy={isBusy}
                action={(member) => ({
                  text: t('admin.people.card.link'),
                  label: linkLabel(member),
                  onClick: () => link(member.id),
                })}
              />
            </details>
          )}
        </>
      )}
      {onNext !== undefined && (
        <div>
          <Button isDisabled={isBusy && lookup !== null} onClick={onNext}>
            {t(isLinked ? 'admin.people.card.next' : 'admin.people.card.skip')}
          </Button>
        </div>
      )}
    </article>
  );
}

type MembersProps = {
  readonly lookup: ReporterLookup;
  readonly isBusy: boolean;
  readonly onLink: (id: number) => void;
  readonly onUnlink: (id: number) => void;
};

function MembersOf({ lookup: { match, segments }, isBusy, onLink, onUnlink }: MembersProps) {
  const row = (member: MemberView, all: readonly Segment[], action: 'link' | 'unlink') => (
    <MemberRow
      key={member.id}
      member={member}
      segments={all}
      isBusy={isBusy}
      action={
        action === 'link'
          ? { text: t('admin.people.card.link'), label: linkLabel(member), onClick: () => onLink(member.id) }
          : {
              text: t('admin.people.card.unlink'),
              label: t('admin.people.card.unlinkFrom', { member: memberName(member), id: member.id }),
              onClick: () => onUnlink(member.id),
            }
      }
    />
  );
  switch (match.state) {
    case 'linked':
      return <ul className="people-rows">{row(match.member, segments, 'unlink')}</ul>;
    case 'found':
      return <ul className="people-rows">{row(match.member, segments, 'link')}</ul>;
    case 'ambiguous':
      return (
        <ul className="people-rows" aria-label={t('admin.people.card.candidates')}>
          {match.candidates.map((member) => row(member, segments, 'link'))}
        </ul>
      );
    case 'emailHidden':
    case 'notFound':
    case 'notAPerson':
      return null;
  }
}

function linkLabel(member: MemberView): string {
  return t('admin.people.card.linkTo', { member: memberName(member), id: member.id });
}

function sayMatch({ match }: ReporterLookup): string {
  switch (match.state) {
    case 'linked':
      return t(`admin.people.card.linkedBy.${match.link.how}`);
    case 'emailHidden':
      return t(`admin.people.card.hidden.${match.reason}`);
    case 'ambiguous':
      return match.reason === 'emailShared'
        ? t('admin.people.card.match.ambiguous')
        : t(`people.review.${match.reason}`);
    case 'found':
    case 'notFound':
    case 'notAPerson':
      return t(`admin.people.card.match.${match.state}`);
  }
}
