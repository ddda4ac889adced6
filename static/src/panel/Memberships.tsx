import Button from '@atlaskit/button/new';
import type { MemberView, Segment } from '../../../src/contract';
import { memberName, segmentsOf } from '../shared/people';
import { texts } from '../texts';

type MembershipsProps = {
  readonly member: MemberView;
  readonly segments: readonly Segment[];
  readonly isBusy: boolean;
  readonly onMove: (from: Segment) => void;
  readonly onRemove: (from: Segment) => void;
};

/** The segments that the member is in, each with its two writes. */
export function Memberships({ member, segments, isBusy, onMove, onRemove }: MembershipsProps) {
  const words = texts.panel;
  const memberships = segmentsOf(segments, member.segmentIds);
  const hasTarget = segments.some(({ id }) => !member.segmentIds.includes(id));
  return (
    <section className="section">
      <h2 className="section-title">{words.segments}</h2>
      {memberships.length === 0 ? (
        <p className="subtle">{words.noMembership(memberName(member))}</p>
      ) : (
        <ul className="rows" aria-label={words.segments}>
          {memberships.map((segment) => (
            <li key={segment.id} className="row">
              <span className="grow name">
                <bdi>{segment.name}</bdi>
              </span>
              <div className="row-actions">
                {hasTarget && (
                  <Button spacing="compact" isDisabled={isBusy} aria-label={words.move.openFrom(segment.name)} onClick={() => onMove(segment)}>
                    {words.move.open}
                  </Button>
                )}
                <Button
                  appearance="subtle"
                  spacing="compact"
                  isDisabled={isBusy}
                  aria-label={words.remove.openFrom(segment.name)}
                  onClick={() => onRemove(segment)}
                >
                  {words.remove.open}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {memberships.length > 0 && !hasTarget && <p className="subtle small">{words.noTarget}</p>}
    </section>
  );
}
