import Button from '@atlaskit/button/new';
import type { PanelView } from '@contract';
import { Message } from '../shared/Message';
import { memberName } from '../shared/people';
import { useWaiting } from '../shared/useWaiting';
import { WaitMessage } from '../shared/WaitMessage';
import { t } from '../i18n';
import { afresh } from './action';
import { newOperationId } from './operationId';
import { resultText } from './resultText';
import type { Notice, Panel, Running } from './usePanel';

type WriteResultMessageProps = {
  readonly panel: Panel;
  readonly view: PanelView;
  readonly notice: Extract<Notice, { kind: 'written' }>;
  readonly running: Running;
};

/**
 * What is known of a write that came to an end, with undo for a confirmed move and a way to look again
 * for the rest.
 */
export function WriteResultMessage({ panel, view, notice, running }: WriteResultMessageProps) {
  const { entry, waitMs, action, isStillOpen } = notice;
  const waiting = useWaiting(notice, waitMs, running !== null, () => {
    if (action !== null) void panel.run(afresh(action));
  });
  if (waiting !== null)
    return <WaitMessage title={t('panel.result.waits')} waiting={waiting} isBusy={running !== null} />;
  const who = memberName(
    view.match.state === 'linked' ? view.match.member : { id: entry.members[0]?.memberId ?? 0, name: null },
  );
  const { tone, title, lines, canLookAgain } = resultText(entry, who);
  const isUndoable =
    view.refusals.move === null &&
    (view.history ?? []).some((row) => row.operationId === entry.operationId && row.undoable);
  const isBusy = running !== null;
  return (
    <Message
      tone={tone}
      title={title}
      actions={
        <>
          {isUndoable && entry.kind === 'move' && (
            <Button
              spacing="compact"
              isDisabled={isBusy}
              aria-label={t('panel.undo.of', { from: entry.from.name, to: entry.to.name })}
              onClick={() => void panel.run({ kind: 'undo', operationId: newOperationId(), undoes: entry.operationId })}
            >
              {running?.kind === 'undo' ? t('panel.undo.busy') : t('panel.undo.button')}
            </Button>
          )}
          {canLookAgain && (
            <Button spacing="compact" isDisabled={isBusy} onClick={() => panel.lookAgain(entry.operationId)}>
              {t('panel.result.checkAgain')}
            </Button>
          )}
          <Button
            appearance={isUndoable || canLookAgain ? 'subtle' : 'default'}
            spacing="compact"
            isDisabled={isBusy}
            onClick={panel.dismiss}
          >
            {t('common.dismiss')}
          </Button>
        </>
      }
    >
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {isStillOpen && <p>{t('panel.result.stillNotVisible')}</p>}
    </Message>
  );
}
