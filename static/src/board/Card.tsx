import { memo, type MouseEvent } from 'react';
import type { BoardMember } from '@contract';
import { t } from '../i18n';
import { Status } from '../shared/Status';
import type { StatusTone } from '../shared/tone';
import type { ListActions } from './listActions';
import { ROW_PX } from './rows';
import type { Mark, Pending } from './state';
import { useDraggableCard } from './useDraggableCard';

type CardProps = Pick<ListActions, 'onChoose' | 'countActedOn'> & {
  readonly id: string;
  readonly member: BoardMember;
  readonly segmentId: number;
  readonly row: number;
  readonly of: number;
  /** How many of the project's issues they reported. */
  readonly issues: number;
  readonly pending: Pending | null;
  readonly mark: Mark | null;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly isMovable: boolean;
  readonly order: () => readonly number[];
};

const TONES: Record<Mark, StatusTone> = {
  moved: 'success',
  added: 'success',
  back: 'danger',
  kept: 'danger',
  notAdded: 'danger',
  unknown: 'warning',
};
const UNDER_WAY = { move: 'board.card.moving', remove: 'board.card.removing', add: 'board.card.adding' } as const;

/** One member: who they are, whether they report in this project, and what is under way or has become of it. */
export const Card = memo(function Card({
  id,
  member,
  segmentId,
  row,
  of,
  issues,
  pending,
  mark,
  isSelected,
  isActive,
  isMovable,
  order,
  onChoose,
  countActedOn,
}: CardProps) {
  const [memberId] = member;
  const name = nameOf(member);
  const isDraggable = isMovable && pending === null;
  const ref = useDraggableCard({ segmentId, memberId, name, isDraggable, countActedOn });

  const onClick = ({ shiftKey, ctrlKey, metaKey }: MouseEvent): void =>
    onChoose(segmentId, memberId, shiftKey ? 'range' : ctrlKey || metaKey ? 'toggle' : 'only', order);
  const classes = [
    'card',
    isActive && 'card-active',
    issues > 0 && 'card-reporter',
    pending !== null && 'card-pending',
  ].filter((name_) => name_ !== false);
  return (
    <div
      ref={ref}
      id={id}
      role="option"
      className={classes.join(' ')}
      aria-selected={isSelected}
      aria-posinset={row + 1}
      aria-setsize={of}
      style={{ top: row * ROW_PX, height: ROW_PX }}
      onClick={onClick}
    >
      <div className="card-who">
        <bdi className="card-name">{name}</bdi>
        <span className="card-more subtle small">
          {t('board.card.id', { id: String(memberId) })}
          {issues > 0 && <> · {t('board.card.issues', { count: issues })}</>}
        </span>
      </div>
      {pending !== null ? (
        <Status tone="neutral" text={t(UNDER_WAY[pending.kind])} />
      ) : (
        mark !== null && <Status tone={TONES[mark]} text={t(`board.card.${mark}`)} />
      )}
    </div>
  );
});

/** A member's name, or `Member #1685` when Shorter Loop gave none. */
export function nameOf([id, name]: BoardMember): string {
  return name ?? t('board.card.unnamed', { id: String(id) });
}
