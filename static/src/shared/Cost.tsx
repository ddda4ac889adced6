import Button from '@atlaskit/button/new';
import type { JiraEstimate } from '@contract';
import { t } from '../i18n';
import { exactTimeText } from './timeText';

/** From so many points on, a page asks before it reads. */
const COSTLY_POINTS = 1_000;

/**
 * Whether a page asks before it reads: a large part of an hour's points would go, or there may be
 * fewer left than it takes.
 */
export function isCostly({ points, mostPoints, budget }: JiraEstimate): boolean {
  return points > COSTLY_POINTS || mostPoints > budget.left;
}

/** What reading would cost, and how long it takes where an hour's points are not enough. */
export function Cost({ estimate: { issues, points, mostPoints, pointsAnHour } }: { readonly estimate: JiraEstimate }) {
  const hours = Math.ceil(mostPoints / pointsAnHour);
  return (
    <p className="subtle small" data-testid="cost">
      {t('common.cost.line', { issues, points, most: mostPoints, hourly: pointsAnHour })}
      {hours > 1 && ` ${t('common.cost.hours', { hours })}`}
    </p>
  );
}

/** That reading rests until the hour's points are there again. */
export function CostPause({ untilMs }: { readonly untilMs: number }) {
  return <p data-testid="cost-pause">{t('common.cost.paused', { time: exactTimeText(untilMs) })}</p>;
}

type CostQuestionProps = {
  readonly estimate: JiraEstimate;
  readonly onRead: () => void;
  readonly onCancel: () => void;
};

/** The question before a reading that costs much. */
export function CostQuestion({ estimate, onRead, onCancel }: CostQuestionProps) {
  return (
    <div role="group" aria-label={t('common.cost.question')} className="stack">
      <p>{t('common.cost.question')}</p>
      <Cost estimate={estimate} />
      <div className="actions">
        <Button appearance="primary" onClick={onRead}>
          {t('common.cost.read', { issues: estimate.issues })}
        </Button>
        <Button appearance="subtle" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}
