import { useContext } from 'react';
import type { BoardAct, BoardView, Problem } from '@contract';
import { t } from '../i18n';
import { AskedForContext } from '../shared/askedFor';
import { Message } from '../shared/Message';
import { problemText } from '../shared/problemText';
import { SettingsLink } from '../shared/SettingsLink';

type ReadOnlyProps = {
  readonly refusals: BoardView['refusals'];
  /** Whether there are work items whose reporters the board does not know yet. */
  readonly isPartly: boolean;
};

/** What the viewer may not do on this board, and why; nothing where they may do everything. */
export function ReadOnly({ refusals, isPartly }: ReadOnlyProps) {
  const asked = useContext(AskedForContext);
  const refused = refusedOf(refusals);
  const textOf = ({ act, problem }: Pick<Refused, 'act' | 'problem'>): string => {
    const { cause, next } = problemText(problem, { ...asked, act });
    return `${cause} ${next}`;
  };
  const why = refused === null ? null : textOf(refused);
  const { add } = refusals;
  const whyNotAdd = add === null ? null : textOf({ act: 'add', problem: add });
  return (
    <>
      {refused !== null && (
        <Message tone="info" title={t(`board.readOnly.${refused.title}`)}>
          <p>{why}</p>
          {refused.act === 'others' && isPartly && <p>{t('board.readOnly.uncounted')}</p>}
        </Message>
      )}
      {whyNotAdd !== null && whyNotAdd !== why && (
        <p className="subtle small">{t('board.readOnly.noAdd', { why: whyNotAdd })}</p>
      )}
      <SettingsLink problems={Object.values(refusals).filter((problem) => problem !== null)} />
    </>
  );
}

type Refused = {
  readonly act: BoardAct;
  readonly problem: Problem;
  readonly title: 'title' | 'noMove' | 'noRemove' | 'noOthers';
};

/** What is refused, the widest first: whoever may change nobody is not told whom they may not change. */
function refusedOf({ move, remove, add, others }: BoardView['refusals']): Refused | null {
  const isAll = move !== null && remove !== null && add !== null;
  if (move !== null) return { act: 'move', problem: move, title: isAll ? 'title' : 'noMove' };
  if (remove !== null) return { act: 'remove', problem: remove, title: 'noRemove' };
  return others === null ? null : { act: 'others', problem: others, title: 'noOthers' };
}
