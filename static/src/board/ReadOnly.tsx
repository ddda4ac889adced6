import { useContext } from 'react';
import type { BoardAct, BoardView, Problem } from '@contract';
import { t } from '../i18n';
import { AskedForContext } from '../shared/askedFor';
import { Message } from '../shared/Message';
import { problemText } from '../shared/problemText';

type ReadOnlyProps = {
  readonly refusals: BoardView['refusals'];
  /** Whether there are work items whose reporters the board does not know yet. */
  readonly isPartly: boolean;
};

/** What the viewer may not do on this board, and why; nothing where they may do everything. */
export function ReadOnly({ refusals, isPartly }: ReadOnlyProps) {
  const asked = useContext(AskedForContext);
  const refused = refusedOf(refusals);
  if (refused === null) return null;
  const { cause, next } = problemText(refused.problem, { ...asked, act: refused.act });
  return (
    <Message tone="info" title={t(`board.readOnly.${refused.title}`)}>
      <p>
        {cause} {next}
      </p>
      {refused.act === 'others' && isPartly && <p>{t('board.readOnly.uncounted')}</p>}
    </Message>
  );
}

type Refused = {
  readonly act: BoardAct;
  readonly problem: Problem;
  readonly title: 'title' | 'noMove' | 'noRemove' | 'noOthers';
};

/** What is refused, the widest first: whoever may change nobody is not told whom they may not change. */
function refusedOf({ move, remove, others }: BoardView['refusals']): Refused | null {
  if (move !== null) return { act: 'move', problem: move, title: remove === null ? 'noMove' : 'title' };
  if (remove !== null) return { act: 'remove', problem: remove, title: 'noRemove' };
  return others === null ? null : { act: 'others', problem: others, title: 'noOthers' };
}
