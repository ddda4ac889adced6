import Button from '@atlaskit/button/new';
import { useEffect, useRef } from 'react';
import type { PanelAct, PanelView } from '@contract';
import { Message } from '../shared/Message';
import { ProblemMessage } from '../shared/ProblemMessage';
import { memberName } from '../shared/people';
import { t } from '../i18n';
import { WriteResultMessage } from './WriteResultMessage';
import type { PanelAction } from './action';
import type { Notice, Panel, Running } from './usePanel';

type NoticeAreaProps = {
  readonly panel: Panel;
  readonly view: PanelView;
  readonly notice: Notice | null;
  readonly running: Running;
};

/**
 * Tells what came of the last action: spoken by a live region, and focused, because the button that
 * asked may be gone.
 */
export function NoticeArea({ panel, view, notice, running }: NoticeAreaProps) {
  const ref = useRef<HTMLDivElement>(null);
  const before = useRef<Notice | null>(null);
  useEffect(() => {
    // Also when a notice goes, and the button in it with it: the focus stays here instead of falling to the page.
    if (notice !== null || before.current !== null) ref.current?.focus();
    before.current = notice;
  }, [notice]);
  return (
    <div
      role="status"
      ref={ref}
      tabIndex={-1}
      className={notice === null || notice.kind === 'flagged' ? 'notice-empty' : 'notice'}
    >
      <p className="visually-hidden">{runningText(running)}</p>
      {notice !== null && <NoticeMessage panel={panel} view={view} notice={notice} running={running} />}
    </div>
  );
}

/** What is under way, for those who don't see a button's text change. */
function runningText(running: Running): string {
  switch (running?.kind) {
    case undefined:
      return '';
    case 'reload':
      return t('panel.loading');
    case 'move':
      return t('panel.move.busy');
    case 'remove':
      return t('panel.remove.busy');
    case 'add':
    case 'invite':
      return t('panel.add.busy');
    case 'undo':
      return t('panel.undo.busy');
    case 'link':
      return t('panel.linking');
    case 'unlink':
      return t('panel.unlinking');
  }
}

function NoticeMessage({ panel, view, notice, running }: NoticeAreaProps & { readonly notice: Notice }) {
  switch (notice.kind) {
    case 'written':
      return <WriteResultMessage panel={panel} view={view} notice={notice} running={running} />;
    case 'flagged':
      return null;
    case 'invited': {
      const { who, result } = notice;
      return (
        <Message
          tone={result.outcome === 'refused' ? 'error' : 'warning'}
          title={t('panel.acts.invite')}
          actions={
            <Button spacing="compact" onClick={panel.dismiss}>
              {t('common.dismiss')}
            </Button>
          }
        >
          <p>{t(`panel.invite.outcome.${result.outcome}`, { who, to: result.to.name })}</p>
        </Message>
      );
    }
    case 'linkChanged': {
      const { kind, member } = notice.action;
      return (
        <Message
          tone="success"
          title={kind === 'link' ? t('panel.linked', { who: memberName(member) }) : t('panel.unlinked')}
          actions={
            <Button spacing="compact" onClick={panel.dismiss}>
              {t('common.dismiss')}
            </Button>
          }
        />
      );
    }
    case 'problem': {
      const { problem, action, looksFor } = notice;
      const retry = (): void => {
        if (action !== null) void panel.run(action);
        else if (looksFor !== undefined) panel.lookAgain(looksFor);
        else panel.reload();
      };
      return (
        <ProblemMessage
          act={actOf(action)}
          problem={problem}
          isBusy={running !== null}
          onRetry={retry}
          onReload={panel.reload}
        />
      );
    }
  }
}

/** What is refused with an action; null for a reading. */
function actOf(action: PanelAction | null): PanelAct | null {
  switch (action?.kind) {
    case undefined:
      return null;
    case 'move':
    case 'undo':
      return 'move';
    case 'remove':
      return 'remove';
    case 'add':
    case 'invite':
      return 'add';
    case 'link':
    case 'unlink':
      return 'link';
  }
}
