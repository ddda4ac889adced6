import type { ReactNode } from 'react';
import type { Match, PanelView } from '../../../src/contract';
import type { ActorNames } from '../shared/actorNames';
import { Message } from '../shared/Message';
import { memberName } from '../shared/people';
import { texts } from '../texts';
import type { Decision } from './decision';
import { LinkedMember } from './LinkedMember';
import { MemberList } from './MemberList';
import { SearchMembers } from './SearchMembers';
import type { Running } from './usePanel';

type MatchStateProps = {
  readonly view: PanelView;
  readonly names: ActorNames;
  readonly running: Running;
  readonly onDecide: (decision: Decision) => void;
};

/** Who the reporter is in Shorter Loop; where that is not settled, why, and what to do about it. */
export function MatchState({ view, names, running, onDecide }: MatchStateProps) {
  const { reporter, match } = view;
  return (
    <>
      <dl className="fields">
        {reporter !== null && (
          <>
            <dt>{texts.panel.reporter}</dt>
            <dd>
              <bdi className="name">{reporter.displayName}</bdi>
            </dd>
          </>
        )}
        {match.state === 'linked' && <LinkedMember match={match} names={names} running={running} onDecide={onDecide} />}
      </dl>
      {unsettled(match, { view, running, onDecide })}
    </>
  );
}

type UnsettledProps = Pick<MatchStateProps, 'view' | 'running' | 'onDecide'>;

function unsettled(match: Match, { view, running, onDecide }: UnsettledProps): ReactNode {
  const list = { segments: view.segments, running, onDecide };
  const words = texts.panel;
  switch (match.state) {
    case 'linked':
      return null;
    case 'found':
      return (
        <>
          <Explanation title={words.found.title} cause={words.found.cause(memberName(match.member))} next={words.found.next} />
          <MemberList members={[match.member]} label={words.ambiguous.candidates} {...list} />
          <Another {...list} />
        </>
      );
    case 'ambiguous':
      return (
        <>
          <Explanation title={words.ambiguous.title} cause={words.ambiguous.cause(match.candidates.length)} next={words.ambiguous.next} />
          <MemberList members={match.candidates} label={words.ambiguous.candidates} {...list} />
          <Another {...list} />
        </>
      );
    case 'notFound':
      return (
        <>
          <Explanation {...words.notFound} />
          <SearchMembers {...list} />
        </>
      );
    case 'emailHidden':
      return (
        <>
          <Explanation title={words.emailHidden.title} {...words.emailHidden.reasons[match.reason]} />
          <SearchMembers {...list} />
        </>
      );
    case 'noReporter':
      return <Explanation {...words.noReporter} />;
    case 'notAPerson':
      return <Explanation title={words.notAPerson.title} cause={words.notAPerson.reasons[match.reason]} next={words.notAPerson.next} />;
  }
}

function Explanation({ title, cause, next }: { readonly title: string; readonly cause: string; readonly next: string }) {
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
      <summary>{texts.panel.search.another}</summary>
      <SearchMembers {...props} />
    </details>
  );
}
