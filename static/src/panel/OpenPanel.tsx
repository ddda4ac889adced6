import { useState } from 'react';
import type { Match, PanelAct, PanelView, Segment } from '@contract';
import { t } from '../i18n';
import { useActorNames } from '../shared/actorNames';
import { Message } from '../shared/Message';
import { Freshness } from './Freshness';
import { History } from './History';
import { MatchState } from './MatchState';
import { MembershipDialog } from './MembershipDialog';
import { Memberships } from './Memberships';
import { NoticeArea } from './NoticeArea';
import { Refused } from './Refused';
import type { Panel, PanelState } from './usePanel';

type OpenState = Extract<PanelState, { phase: 'open' }>;
/** The dialog on screen, about the membership in `from`. */
type DialogState = { readonly kind: 'move' | 'remove'; readonly from: Segment };

/** The panel with its data: what happened last, who the reporter is, their segments, and recent changes. */
export function OpenPanel({ panel, state }: { readonly panel: Panel; readonly state: OpenState }) {
  const { view, running, notice } = state;
  const [dialog, setDialog] = useState<DialogState | null>(null);
  const { match } = view;
  const history = view.history ?? [];
  const names = useActorNames(
    [...history.map((row) => row.actorAccountId), ...(match.state === 'linked' ? [match.link.byAccountId] : [])],
    view.viewerAccountId,
  );
  const isBusy = running !== null;
  const close = () => setDialog(null);

  return (
    <>
      <NoticeArea panel={panel} view={view} notice={notice} running={running} />
      <MatchState view={view} names={names} running={running} onAction={(action) => void panel.run(action)} />
      {view.segments.length === 0 && seesAllSegments(view) && (
        <Message tone="info" title={t('panel.noSegments.title')}>
          <p>{t('panel.noSegments.next')}</p>
        </Message>
      )}
      {match.state === 'linked' && !view.writesOn && (
        <Message tone="warning" title={t('problems.notProven.title')}>
          <p>{t('problems.notProven.cause')}</p>
          <p>{t('problems.notProven.next')}</p>
        </Message>
      )}
      {match.state === 'linked' && (
        <Memberships
          member={match.member}
          segments={view.segments}
          isBusy={isBusy}
          mayMove={view.writesOn && view.refusals.move === null}
          mayRemove={view.writesOn && view.refusals.remove === null}
          onMove={(from) => setDialog({ kind: 'move', from })}
          onRemove={(from) => setDialog({ kind: 'remove', from })}
        />
      )}
      <Refused refusals={view.refusals} acts={actsOf(match)} />
      <Freshness source={view.source} check={panel.check} onCheck={panel.checkAgain} />
      <History
        rows={history}
        names={names}
        running={running}
        mayUndo={view.refusals.move === null}
        onLookAgain={panel.lookAgain}
        onAction={(action) => void panel.run(action)}
      />
      {match.state === 'linked' && dialog !== null && (
        <MembershipDialog
          kind={dialog.kind}
          member={match.member}
          from={dialog.from}
          segments={view.segments}
          isBusy={isBusy}
          onCancel={close}
          onConfirm={(action) => void panel.run(action).then(close)}
        />
      )}
    </>
  );
}

/** Whether the view has every segment: of nobody's reporter it has none, and who only looks sees the reporter's. */
function seesAllSegments({ match, refusals }: PanelView): boolean {
  if (match.state === 'noReporter' || match.state === 'notAPerson' || match.state === 'emailHidden') return false;
  return refusals.move === null || refusals.link === null;
}

/** What there is to do about a reporter, whoever may do it. */
function actsOf({ state }: Match): readonly PanelAct[] {
  switch (state) {
    case 'linked':
      return ['move', 'remove', 'link'];
    case 'noReporter':
    case 'notAPerson':
      return [];
    case 'found':
    case 'ambiguous':
    case 'notFound':
    case 'emailHidden':
      return ['link'];
  }
}
