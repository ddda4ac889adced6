import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useEffect, useRef, useState } from 'react';
import {
  UNLINKED_CAUSES,
  LEFT_OUT_CAUSES,
  MARKED_CAUSES,
  sumsOf,
  type ReviewCause,
  type SyncCounts,
  type SyncView,
} from '@contract';
import { t } from '../../../i18n';
import { Message } from '../../../shared/Message';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { Waiting } from '../../../shared/Waiting';
import { ReporterCard } from '../ReporterCard';
import { useReview } from './useReview';

type ReviewSectionProps = { readonly view: SyncView; readonly onChange: () => void };

/** The reporters whom somebody has to decide about, by the cause, until nobody is left. */
export function ReviewSection({ view: { counts, progress }, onChange }: ReviewSectionProps) {
  const [chosen, setChosen] = useState<ReviewCause | null>(null);
  const { review: left, marked, leftOut } = sumsOf(counts);
  // The cause that is open stays open when its last one is decided: the page must not jump under a hand.
  const isShown = (one: ReviewCause): boolean => counts[one].reporters > 0 || one === chosen;
  const causes = UNLINKED_CAUSES.filter(isShown);
  const marks = MARKED_CAUSES.filter(isShown);
  const others = LEFT_OUT_CAUSES.filter(isShown);
  const first = causes[0] ?? marks[0];
  const group = { counts, chosen: chosen ?? first ?? null, onChoose: setChosen };
  useEffect(() => {
    if (chosen === null && first !== undefined) setChosen(first);
  }, [chosen, first]);
  return (
    <section className="people-section" aria-labelledby="people-review">
      <div id="people-review">
        <Heading as="h2" size="small">
          {t('admin.people.review.title')}
        </Heading>
      </div>
      {left.reporters === 0 ? (
        <div role="status">
          {progress.phase === 'done' ? (
            <Message tone="success" title={t('admin.people.review.done')} />
          ) : (
            <p className="subtle">{t('admin.people.review.nobodyYet')}</p>
          )}
        </div>
      ) : (
        <>
          <p>{t('admin.people.review.left', { reporters: left.reporters, issues: left.issues })}</p>
          <p className="subtle small">{t('admin.people.review.keys')}</p>
          <p className="subtle small">{t('admin.people.review.bulk')}</p>
        </>
      )}
      <Causes label={t('admin.people.review.which')} causes={causes} {...group} />
      {marked.reporters > 0 && <p>{t('admin.people.review.marked', { reporters: marked.reporters })}</p>}
      <Causes label={t('admin.people.review.whichMarked')} causes={marks} {...group} />
      {leftOut.reporters > 0 && (
        <p className="subtle">{t('admin.people.review.leftOut', { reporters: leftOut.reporters })}</p>
      )}
      <Causes label={t('admin.people.review.whichLeftOut')} causes={others} {...group} />
      {chosen !== null && <OneByOne key={chosen} cause={chosen} left={counts[chosen].reporters} onChange={onChange} />}
    </section>
  );
}

type CausesProps = {
  readonly label: string;
  readonly counts: SyncCounts;
  readonly causes: readonly ReviewCause[];
  readonly chosen: ReviewCause | null;
  readonly onChoose: (cause: ReviewCause) => void;
};

function Causes({ label, counts, causes, chosen, onChoose }: CausesProps) {
  if (causes.length === 0) return null;
  return (
    <div className="people-line" role="group" aria-label={label}>
      {causes.map((cause) => (
        <Button key={cause} spacing="compact" isSelected={cause === chosen} onClick={() => onChoose(cause)}>
          {t('admin.people.review.cause', {
            cause: t(`admin.people.sync.states.${cause}`),
            count: counts[cause].reporters,
          })}
        </Button>
      ))}
    </div>
  );
}

type OneByOneProps = { readonly cause: ReviewCause; readonly left: number; readonly onChange: () => void };

function OneByOne({ cause, left, onChange }: OneByOneProps) {
  const { review, hasMoved, next, again } = useReview(cause);
  switch (review.phase) {
    case 'loading':
      return <Waiting label={t('admin.people.review.loading')} />;
    case 'failed':
      return (
        <div role="alert">
          <ProblemMessage problem={review.problem} onRetry={again} onReload={again} />
        </div>
      );
    case 'empty':
      return <CauseDone left={left} takesFocus={hasMoved} onAgain={again} />;
    case 'open':
      return (
        <ReporterCard
          key={review.row.accountId}
          accountId={review.row.accountId}
          onChange={onChange}
          review={{ row: review.row, cause, hasMoved, onNext: next }}
        />
      );
  }
}

type CauseDoneProps = { readonly left: number; readonly takesFocus: boolean; readonly onAgain: () => void };

/** The end of a cause's queue: nobody is left, or those who were passed over are. */
function CauseDone({ left, takesFocus, onAgain }: CauseDoneProps) {
  const end = useRef<HTMLParagraphElement>(null);
  // Whoever went on by the keyboard is not sent to the top of the page.
  useEffect(() => {
    if (takesFocus) end.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <div className="people-line">
      <p ref={end} role="status" tabIndex={-1} className="people-card-title">
        {t(left === 0 ? 'admin.people.review.causeDone' : 'admin.people.review.passedOver', { count: left })}
      </p>
      {left > 0 && (
        <Button spacing="compact" onClick={onAgain}>
          {t('admin.people.review.again')}
        </Button>
      )}
    </div>
  );
}
