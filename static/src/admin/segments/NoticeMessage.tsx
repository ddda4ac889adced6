import { t } from '../../i18n';
import { Message } from '../../shared/Message';
import { ProblemMessage } from '../../shared/ProblemMessage';
import type { Tone } from '../../shared/tone';
import type { Notice } from './useSegments';

const TONES = {
  confirmed: 'success',
  accepted: 'success',
  notConfirmed: 'warning',
  refused: 'error',
  unknown: 'warning',
} as const satisfies Record<string, Tone>;

type NoticeMessageProps = {
  readonly notice: Notice;
  readonly onRetry: () => void;
  readonly onReload: () => void;
};

/** What came of the last thing that was asked for. */
export function NoticeMessage({ notice, onRetry, onReload }: NoticeMessageProps) {
  return (
    <div role="status">
      {notice?.kind === 'outcome' && (
        <Message tone={TONES[notice.outcome]} title={t(`admin.segments.outcome.${notice.outcome}`)} />
      )}
      {notice?.kind === 'stuck' && <Message tone="warning" title={t('admin.segments.stuck', { count: notice.left })} />}
      {notice?.kind === 'problem' && <ProblemMessage problem={notice.problem} onRetry={onRetry} onReload={onReload} />}
    </div>
  );
}
