import type { Match, PanelOffer, PanelView } from '@contract';
import { t } from '../i18n';
import { useActorNames } from '../shared/actorNames';
import { Message } from '../shared/Message';
import { Freshness } from './Freshness';
import { History } from './History';
import { MatchState } from './MatchState';
import { Memberships } from './Memberships';
import { NoticeArea } from './NoticeArea';
import { Invite } from './Invite';
import { Refused } from './Refused';
import { Ways } from './Ways';
import type { PanelAction } from './action';
import type { Panel, PanelState } from './usePanel';

type OpenState = Extract<PanelState, { phase: 'open' }>;

/** The panel with its data: what happened last, who the reporter is, their segments, and recent changes. */
export function OpenPanel({ panel, state }: { readonly panel: Panel; readonly state: OpenState }) {
  const { view, running, notice } = state;
  const { match } = view;
  const history = view.history ?? [];
  const names = useActorNames(
    [...history.map((row) => row.actorAccountId), ...(match.state === 'linked' ? [match.link.byAccountId] : [])],
    view.viewerAccountId,
  );
  const run = (action: PanelAction) => void panel.run(action);
  const { writesOn, refusals } = view;
  const may = (act: PanelOffer) => writesOn && refusals[act] === null;

  return (
    <>
      <NoticeArea panel={panel} view={view} notice={notice} running={running} />
      <MatchState view={view} names={names} running={running} onAction={run} />
      <SiteState view={view} />
      {match.state === 'linked' && (
        <Memberships
          member={match.member}
          segments={view.segments}
          running={running}
          may={{ move: may('move'), remove: may('remove'), add: may('add') }}
          onAction={run}
        />
      )}
      {match.state === 'notFound' && view.reporter !== null && may('invite') && view.segments.length > 0 && (
        <Invite who={view.reporter.displayName} segments={view.segments} running={running} onAction={run} />
      )}
      <Refused refusals={refusals} acts={actsOf(match)} />
      <Ways view={view} />
      <Freshness source={view.source} check={panel.check} onCheck={panel.checkAgain} />
      <History
        rows={history}
        names={names}
        running={running}
        mayUndo={view.refusals.move === null}
        onLookAgain={panel.lookAgain}
        onAction={run}
      />
    </>
  );
}

/** What of the whole site is to be told here: that there are no segments yet, or that changes are off. */
function SiteState({ view }: { readonly view: PanelView }) {
  return (
    <>
      {view.segments.length === 0 && seesAllSegments(view) && (
        <Message tone="info" title={t('panel.noSegments.title')}>
          <p>{t('panel.noSegments.next')}</p>
        </Message>
      )}
      {view.match.state === 'linked' && !view.writesOn && (
        <Message tone="warning" title={t('problems.notProven.title')}>
          <p>{t('problems.notProven.cause')}</p>
          <p>{t('problems.notProven.next')}</p>
        </Message>
      )}
    </>
  );
}

/** Whether the view has every segment: of nobody's reporter it has none, and who only looks sees the reporter's. */
function seesAllSegments({ match, refusals }: PanelView): boolean {
  if (match.state === 'noReporter' || match.state === 'notAPerson' || match.state === 'emailHidden') return false;
  return [refusals.move, refusals.add, refusals.link, refusals.invite].some((refusal) => refusal === null);
}

/** What there is to do about a reporter, whoever may do it. */
function actsOf({ state }: Match): readonly PanelOffer[] {
  switch (state) {
    case 'linked':
      return ['move', 'add', 'remove', 'link'];
    case 'noReporter':
    case 'notAPerson':
      return [];
    case 'notFound':
      return ['link', 'invite'];
    case 'found':
    case 'ambiguous':
    case 'emailHidden':
      return ['link'];
  }
}
