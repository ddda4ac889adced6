import Button from '@atlaskit/button/new';
import { t } from '../i18n';
import { ProblemMessage } from '../shared/ProblemMessage';
import { timeText } from '../shared/timeText';
import { isPartly, type Reported } from './reported';

type CountedIssuesProps = { readonly reported: Reported; readonly onCount: () => void; readonly onReload: () => void };

/**
 * How many of the project's issues the board counts; where it is a part, the count of all of them,
 * with what it costs.
 */
export function CountedIssues({ reported, onCount, onReload }: CountedIssuesProps) {
  const { state, problem, total, points, counting } = reported;
  if (state === 'reading') return null;
  if (state === 'failed' && problem !== null && counting === null)
    return <ProblemMessage problem={problem} onRetry={onReload} onReload={onReload} />;
  return (
    <div className="counted">
      <p className="subtle" role="status">
        {counting === null
          ? textOf(reported)
          : t(counting.problem === null ? 'board.counted.counting' : 'board.counted.paused', {
              count: counting.issues,
              total: total ?? counting.issues,
            })}
      </p>
      {counting?.problem != null && <ProblemMessage problem={counting.problem} onRetry={onCount} onReload={onCount} />}
      {counting === null && isPartly(reported) && total !== null && points !== null && (
        <>
          <Button spacing="compact" onClick={onCount}>
            {t('board.counted.count', { total, points })}
          </Button>
          <p className="subtle small">{t('board.counted.points')}</p>
        </>
      )}
    </div>
  );
}

function textOf({ issues, total, keptAtMs }: Reported): string {
  const time = keptAtMs === null ? '' : timeText(keptAtMs, Date.now());
  if (total === null)
    return keptAtMs === null
      ? t('board.counted.some', { count: issues })
      : t('board.counted.keptAlone', { count: issues, time });
  if (issues >= total) return t('board.counted.all', { count: issues });
  return keptAtMs === null
    ? t('board.counted.newest', { count: issues, total })
    : t('board.counted.kept', { count: issues, total, time });
}
