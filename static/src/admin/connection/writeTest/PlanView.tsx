import Button from '@atlaskit/button/new';
import type { Segment, TestPlan, TestStep } from '@contract';
import { t } from '../../../i18n';
import { Message } from '../../../shared/Message';
import { memberName } from '../../../shared/people';
import { namesOf } from './testText';

type PlanViewProps = {
  readonly plan: TestPlan;
  readonly segments: readonly Segment[];
  readonly canStart: boolean;
  readonly isRunning: boolean;
  readonly onStart: () => void;
};

/** What the test does, how many others are compared, and what it leaves behind, said before it starts. */
export function PlanView({ plan, segments, canStart, isRunning, onStart }: PlanViewProps) {
  const who = memberName(plan.member);
  return (
    <Message
      tone="info"
      title={t('admin.connection.test.planTitle', { who })}
      actions={
        canStart && (
          <Button appearance="primary" isLoading={isRunning} onClick={onStart}>
            {t('admin.connection.test.start')}
          </Button>
        )
      }
    >
      <ol className="plan">
        {plan.steps.map((step) => (
          <li key={step}>{plannedText(plan, step)}</li>
        ))}
      </ol>
      <p>{t('admin.connection.test.others', { count: plan.others })}</p>
      {plan.alsoIn.length > 0 && (
        <p>{t('admin.connection.test.alsoIn', { who, segments: namesOf(segments, plan.alsoIn) })}</p>
      )}
      <p>{leftBehindText(plan, segments)}</p>
      <p className="subtle small">{t('admin.connection.test.keepOpen')}</p>
    </Message>
  );
}

function plannedText({ from, to, leavesOutOf }: TestPlan, step: TestStep): string {
  switch (step) {
    case 'moveThere':
      return t('admin.connection.test.planned.moveThere', { from: from.name, to: to.name });
    case 'moveBack':
      return t('admin.connection.test.planned.moveBack', { from: to.name, to: from.name });
    case 'add':
      return t('admin.connection.test.planned.add', { to: to.name });
    case 'remove':
      // Without adding before, it is the source that they are removed from.
      return t('admin.connection.test.planned.remove', { from: leavesOutOf.includes(from.id) ? from.name : to.name });
  }
}

function leftBehindText({ leavesIn, leavesOutOf, member }: TestPlan, segments: readonly Segment[]): string {
  const who = memberName(member);
  if (leavesOutOf.length > 0)
    return t('admin.connection.test.leavesOutOf', { who, segments: namesOf(segments, leavesOutOf) });
  if (leavesIn.length > 0) return t('admin.connection.test.leavesIn', { who, segments: namesOf(segments, leavesIn) });
  return t('admin.connection.test.leavesNothing', { who });
}
