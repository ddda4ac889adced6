import Button from '@atlaskit/button/new';
import type { MemberView, Segment } from '../../../src/contract';
import { memberName, segmentsOf } from '../shared/people';
import { texts } from '../texts';
import type { Decision } from './decision';
import type { Running } from './usePanel';

type MemberListProps = {
  readonly members: readonly MemberView[];
  readonly segments: readonly Segment[];
  readonly label: string;
  readonly running: Running;
  readonly onDecide: (decision: Decision) => void;
};

/** Members to choose from, each with what tells namesakes apart: the id and the segments. */
export function MemberList({ members, segments, label, running, onDecide }: MemberListProps) {
  const words = texts.panel;
  const linkingId = running?.kind === 'link' ? running.member.id : null;
  return (
    <ul className="rows" aria-label={label}>
      {members.map((member) => (
        <li key={member.id} className="row">
          <div className="grow">
            <bdi className="name">{memberName(member)}</bdi>
            {member.name !== null && <span className="subtle"> {texts.people.memberId(member.id)}</span>}
            <p className="subtle small">
              {member.segmentIds.length === 0
                ? words.inNoSegment
                : words.inSegments(segmentsOf(segments, member.segmentIds).map(({ name }) => name))}
            </p>
          </div>
          <Button
            spacing="compact"
            isDisabled={running !== null}
            aria-label={`${words.linkTo(memberName(member))} ${texts.people.memberId(member.id)}`}
            onClick={() => onDecide({ kind: 'link', member })}
          >
            {linkingId === member.id ? words.linking : words.link}
          </Button>
        </li>
      ))}
    </ul>
  );
}
