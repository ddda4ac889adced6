import Button from '@atlaskit/button/new';
import { t } from '../../../i18n';
import type { ReviewAct } from './keys';

type ReviewActionsProps = {
  readonly isBusy: boolean;
  /** Whether there is nothing left to decide about the one who is shown. */
  readonly isDecided: boolean;
  readonly onAct: (act: ReviewAct) => void;
};

/** What can be done with a reporter of the queue other than to link them. */
export function ReviewActions({ isBusy, isDecided, onAct }: ReviewActionsProps) {
  return (
    <div className="people-line">
      <Button isDisabled={isBusy} onClick={() => onAct('next')}>
        {t('admin.people.review.next')}
      </Button>
      {!isDecided && (
        <>
          <Button appearance="subtle" isDisabled={isBusy} onClick={() => onAct('skip')}>
            {t('admin.people.review.skip')}
          </Button>
          <Button appearance="subtle" isDisabled={isBusy} onClick={() => onAct('notAPerson')}>
            {t('admin.people.review.notAPerson')}
          </Button>
        </>
      )}
    </div>
  );
}
