import Button from '@atlaskit/button/new';
import type { BoardMember, Segment } from '@contract';
import { t } from '../i18n';
import { Dialog } from '../shared/Dialog';
import { nameOf } from './Card';
import { MAX_AT_ONCE } from './limits';
import { RemoveDialog } from './RemoveDialog';
import type { Column } from './state';
import { TargetDialog } from './TargetDialog';
import type { Asking, BoardSelection } from './useBoardSelection';

type DialogsProps = {
  readonly asking: Asking;
  readonly columns: readonly Column[];
  readonly mayAdd: boolean;
  readonly selecting: Pick<BoardSelection, 'write' | 'cancel'>;
};

/** The dialog that stands open. */
export function Dialogs({ asking, columns, mayAdd, selecting }: DialogsProps) {
  const { write: onWrite, cancel: onCancel } = selecting;
  const { kind, members } = asking;
  const ids = members.map(([id]) => id);
  const who = whoOf(members);
  switch (kind) {
    case 'move':
    case 'add':
      return (
        <TargetDialog
          kind={kind}
          who={who}
          from={asking.from}
          targets={targetsOf(asking, columns)}
          onCancel={onCancel}
          onChoose={(to) => onWrite({ kind, from: asking.from, to }, ids)}
        />
      );
    case 'remove':
      return (
        <RemoveDialog
          who={who}
          from={asking.from}
          members={members}
          columns={columns}
          mayAdd={mayAdd}
          onCancel={onCancel}
          onRemove={() => onWrite({ kind, from: asking.from, to: null }, ids)}
        />
      );
    case 'tooMany':
      return (
        <Dialog title={t('board.tooMany.title')} isBusy={false} onCancel={onCancel}>
          <p>{t('board.tooMany.cause', { limit: MAX_AT_ONCE, count: ids.length })}</p>
          <p>{t('board.tooMany.next')}</p>
          <div className="dialog-actions">
            <Button appearance="primary" onClick={onCancel}>
              {t('common.back')}
            </Button>
          </div>
        </Dialog>
      );
  }
}

/** Where people can go; nobody is offered a segment to which all of them belong already. */
function targetsOf({ kind, from, members }: Extract<Asking, { from: Segment }>, columns: readonly Column[]): Segment[] {
  const isIn = (column: Column): boolean => {
    const ids = new Set(column.members.map(([id]) => id));
    return members.every(([id]) => ids.has(id));
  };
  return columns
    .filter((column) => column.segment.id !== from.id && (kind === 'move' || !isIn(column)))
    .map(({ segment }) => segment);
}

/** A person by name, several as a number. */
function whoOf(members: readonly BoardMember[]): string {
  const [first, second] = members;
  return first === undefined || second !== undefined
    ? t('board.moveDialog.people', { count: members.length })
    : nameOf(first);
}
