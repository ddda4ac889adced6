import type { ReactNode } from 'react';
import type { Match, PanelView } from '@contract';
import type { ActorNames } from '../shared/actorNames';
import { Message } from '../shared/Message';
import { memberName } from '../shared/people';
import { t } from '../i18n';
import type { PanelAction } from './action';
import { LinkedMember } from './LinkedMember';
import { MemberList } from './MemberList';
import { SearchMembers } from './SearchMembers';
import type { Running } from './usePanel';

type MatchStateProps = {
  readonly view: PanelView;
  readonly names: ActorNames;
  readonly running: Running;
  readonly onAction: (action: PanelAction) => void;
};

/** Who the reporter is in Shorter Loop; where that is not settled, why, and what to do about it. */
export function MatchState({ view, names, running, onAction }: MatchStateProps) {
  const { reporter, match } = view;
  return (
    <>
      <dl className="fields">
        {reporter !== null && (
          <>
            <dt>{t('panel.reporter')}</dt>
            <dd>
              <bdi className="name">{reporter.displayName}</bdi>
            </dd>
          </>
        )}
        {match.state === 'linked' && <LinkedMember match={match} names={names} running={running} onAction={onAction} />}
      </dl>
      {unsettled(match, { view, running, onAction })}
    </>
  );
}

type UnsettledProps = Pick<MatchStateProps, 'view' | 'running' | 'onAction'>;

function unsettled(match: Match, { view, running, onAction }: UnsettledProps): ReactNode {
  const list = { segments: view.segments, running, onAction };
  switch (match.state) {
    case 'linked':
      return null;
    case 'found':
      return (
        <>
          <Explanation
            title={t('panel.found.title')}
            cause={t('panel.found.cause', { who: memberName(match.member) })}
            next={t('panel.found.next')}
          />
          <MemberList members={[match.member]} label={t('panel.ambiguous.candidates')} {...list} />
          <Another {...list} />
        </>
      );
    case 'ambiguous':
      return (
        <>
          <Explanation
            title={t('panel.ambiguous.title')}
            cause={t('panel.ambiguous.cause', { count: match.candidates.length })}
            next={t('panel.ambiguous.next')}
          />
          <MemberList members={match.candidates} label={t('panel.ambiguous.candidates')} {...list} />
          <Another {...list} />
        </>
      );
    case 'notFound':
      return (
        <>
          <Explanation
            title={t('panel.notFound.title')}
            cause={t('panel.notFound.cause')}
            next={t('panel.notFound.next')}
          />
          <SearchMembers {...list} />
        </>
      );
    case 'emailHidden':
      return (
        <>
          <Explanation
            title={t('panel.emailHidden.title')}
            cause={t(`panel.emailHidden.reasons.${match.reason}.cause`)}
            next={t(`panel.emailHidden.reasons.${match.reason}.next`)}
          />
          <SearchMembers {...list} />
        </>
      );
    case 'noReporter':
      return (
        <Explanation
          title={t('panel.noReporter.title')}
          cause={t('panel.noReporter.cause')}
          next={t('panel.noReporter.next')}
        />
      );
    case 'notAPerson':
      return (
        <Explanation
          title={t('panel.notAPerson.title')}
          cause={t(`panel.notAPerson.reasons.${match.reason}`)}
          next={t('panel.notAPerson.next')}
        />
      );
  }
}

function Explanation({
  title,
  cause,
  next,
}: {
  readonly title: string;
  readonly cause: string;
  readonly next: string;
}) {
  return (
    <Message tone="info" title={title}>
      <p>{cause}</p>
      <p>{next}</p>
    </Message>
  );
}

function Another(props: Omit<UnsettledProps, 'view'> & { readonly segments: PanelView['segments'] }) {
  return (
    <details className="another">
      <summary>{t('panel.search.another')}</summary>
      <SearchMembers {...props} />
    </details>
  );
}
