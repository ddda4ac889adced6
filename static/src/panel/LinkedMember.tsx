import Button from '@atlaskit/button/new';
import type { Match } from '@contract';
import type { ActorNames } from '../shared/actorNames';
import { memberName } from '../shared/people';
import { Time } from '../shared/Time';
import { t } from '../i18n';
import type { PanelAction } from './action';
import type { Running } from './usePanel';

type LinkedMemberProps = {
  readonly match: Extract<Match, { state: 'linked' }>;
  readonly names: ActorNames;
  readonly running: Running;
  readonly mayUnlink: boolean;
  readonly onAction: (action: PanelAction) => void;
};

/** The linked member: name, id, how, by whom and when they were linked, and the way to take the link back. */
export function LinkedMember({ match: { member, link }, names, running, mayUnlink, onAction }: LinkedMemberProps) {
  const isUnlinking = running?.kind === 'unlink';
  return (
    <>
      <dt>{t('panel.member')}</dt>
      <dd className="linked">
        <div className="grow">
          <bdi className="name">{memberName(member)}</bdi>
          {member.name !== null && <span className="subtle"> {t('people.memberId', { id: member.id })}</span>}
          <p className="subtle small">
            {t(`panel.linkedHow.${link.how}`)}
            {t('common.separator')}
            {names(link.byAccountId, 'by')}
            {t('common.separator')}
            <Time atMs={link.atMs} />
          </p>
        </div>
        {mayUnlink && (
          <Button
            appearance="subtle"
            spacing="compact"
            isDisabled={running !== null}
            aria-label={t('panel.unlinkFrom', { who: memberName(member) })}
            onClick={() => onAction({ kind: 'unlink', member })}
          >
            {isUnlinking ? t('panel.unlinking') : t('panel.unlink')}
          </Button>
        )}
      </dd>
    </>
  );
}
