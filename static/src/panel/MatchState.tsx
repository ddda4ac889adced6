import type { PanelView } from '@contract';
import type { ActorNames } from '../shared/actorNames';
import { t } from '../i18n';
import { KnownPeople } from '../shared/KnownPeople';
import type { PanelAction } from './action';
import { Avatar } from './Avatar';
import { LinkedMember } from './LinkedMember';
import { UnsettledMatchState } from './UnsettledMatchState';
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
  const mayLink = view.refusals.link === null;
  return (
    <>
      <dl className="fields">
        {reporter !== null && (
          <>
            <dt>{t('panel.reporter')}</dt>
            <dd className="person">
              <Avatar reporter={reporter} />
              <div className="grow">
                <bdi className="name">{reporter.displayName}</bdi>
                {reporter.isInactive && <p className="subtle small">{t('panel.inactive')}</p>}
              </div>
            </dd>
          </>
        )}
        {match.state === 'linked' && (
          <LinkedMember match={match} names={names} running={running} mayUnlink={mayLink} onAction={onAction} />
        )}
      </dl>
      {match.state !== 'linked' && (
        <>
          <UnsettledMatchState
            match={match}
            segments={view.segments}
            mayLink={mayLink}
            running={running}
            onAction={onAction}
          />
          <KnownPeople summary={view.sync} />
        </>
      )}
    </>
  );
}
