import Button from '@atlaskit/button/new';
import type { MemberView, Segment } from '@contract';
import { memberName, segmentsOf } from '../shared/people';
import { list, t } from '../i18n';
import type { PanelAction } from './action';
import type { Running } from './usePanel';

type MemberListProps = {
  readonly members: readonly MemberView[];
  readonly segments: readonly Segment[];
  readonly label: string;
  readonly mayLink: boolean;
  readonly running: Running;
  readonly onAction: (action: PanelAction) => void;
};

/** Members to choose from, each with what tells namesakes apart: the id and the segments. */
export function MemberList({ members, segments, label, mayLink, running, onAction }: MemberListProps) {
  const linkingId = running?.kind === 'link' ? running.member.id : null;
  return (
    <ul className="rows" aria-label={label}>
      {members.map((member) => (
        <li key={member.id} className="row">
          <div className="grow">
            <bdi className="name">{memberName(member)}</bdi>
            {member.name !== null && <span className="subtle"> {t('people.memberId', { id: member.id })}</span>}
            <p className="subtle small">
              {member.segmentIds.length === 0
                ? t('panel.inNoSegment')
                : list(segmentsOf(segments, member.segmentIds).map(({ name }) => name))}
            </p>
          </div>
          {mayLink && (
            <Button
              spacing="compact"
              isDisabled={running !== null}
              aria-label={nameOf(member)}
              onClick={() => onAction({ kind: 'link', member })}
            >
              {linkingId === member.id ? t('panel.linking') : t('panel.link')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What the button is called: namesakes are told apart by their ids. */
function nameOf(member: MemberView): string {
  return `${t('panel.linkTo', { who: memberName(member) })} ${t('people.memberId', { id: member.id })}`;
}
