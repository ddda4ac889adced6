import Spinner from '@atlaskit/spinner';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { MARKED_CAUSES, type ReporterLookup, type ReviewCause, type ReviewRow } from '@contract';
import { t } from '../../i18n';
import { useJiraNames } from '../../shared/actorNames';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { Avatar } from './Avatar';
import { MemberSearch } from './find/MemberSearch';
import { candidatesOf, linkTo, MembersOf } from './MembersOf';
import { actOf, type ReviewAct } from './review/keys';
import { ReviewActions } from './review/ReviewActions';
import { useReporter } from './useReporter';

/** Where a reporter stands in a queue. */
type ReviewPlace = {
  readonly row: ReviewRow;
  readonly cause: ReviewCause;
  /** Whether somebody came here from another one: a tab that opens takes nobody's focus. */
  readonly hasMoved: boolean;
  readonly onNext: () => void;
};

type ReporterCardProps = {
  readonly accountId: string;
  /** Called after each change that was stored. */
  readonly onChange: () => void;
  /** Given where they are one of a queue. */
  readonly review?: ReviewPlace;
};

/** One Jira account: who they are in Shorter Loop, and the ways to decide it. */
export function ReporterCard({ accountId, onChange, review }: ReporterCardProps) {
  const { lookup, problem, isBusy, reload, link, unlink, dismiss } = useReporter(accountId, onChange);
  const known = useJiraNames([accountId]).get(accountId);
  const card = useRef<HTMLElement>(null);
  const act = (wanted: ReviewAct) => {
    if (review === undefined || isBusy) return;
    if (wanted === 'next') return review.onNext();
    if (wanted === 'link') return linkOrShow(lookup, link, card.current);
    const as = wanted === 'skip' ? 'skipped' : 'notAPerson';
    void dismiss(as).then((isStored) => isStored && review.onNext());
  };
  return (
    <article
      ref={card}
      className="people-card"
      aria-labelledby={`person-${accountId}`}
      onKeyDown={review === undefined ? undefined : (event) => pressed(event, act)}
    >
      <CardHead accountId={accountId} name={known ?? t('people.someone')} review={review} />
      {lookup === null && isBusy && (
        <div role="status">
          <Spinner size="small" />
          <span className="visually-hidden">{t('admin.people.card.loading')}</span>
        </div>
      )}
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} isBusy={isBusy} onRetry={reload} onReload={reload} />
        </div>
      )}
      {lookup !== null && (
        <>
          <p role="status">{sayMatch(lookup)}</p>
          <MembersOf lookup={lookup} isBusy={isBusy} onLink={link} onUnlink={unlink} />
          {lookup.match.state !== 'linked' && lookup.match.state !== 'notAPerson' && (
            <OtherMember key={known} lookup={lookup} name={known ?? ''} isBusy={isBusy} onLink={link} />
          )}
        </>
      )}
      {review !== undefined && (
        <ReviewActions isBusy={isBusy} isDecided={isDecided(lookup, review.cause)} onAct={act} />
      )}
    </article>
  );
}

type CardHeadProps = {
  readonly accountId: string;
  readonly name: string;
  readonly review: ReviewPlace | undefined;
};

function CardHead({ accountId, name, review }: CardHeadProps) {
  const title = useRef<HTMLHeadingElement>(null);
  const takesFocus = review === undefined || review.hasMoved;
  // Whoever decided about one is taken to the next.
  useEffect(() => {
    if (takesFocus) title.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <div className="people-head">
      <Avatar name={name} />
      <div className="grow">
        <h3 ref={title} id={`person-${accountId}`} tabIndex={-1} className="people-card-title">
          <bdi>{name}</bdi>
        </h3>
        <p className="subtle small">{accountId}</p>
        {review !== undefined && (
          <>
            <p className="subtle small">{t('admin.people.review.reported', { count: review.row.issues })}</p>
            {MARKS.includes(review.cause) && (
              <p className="small">{t(`admin.people.sync.explained.${review.cause}`)}</p>
            )}
          </>
        )}
      </div>
    </div>
  );
}

type OtherMemberProps = {
  readonly lookup: ReporterLookup;
  /** What Jira calls them; '' where it has not told. */
  readonly name: string;
  readonly isBusy: boolean;
  readonly onLink: (id: number) => void;
};

/** The search for a member, with the name that the reporter has in Jira. */
function OtherMember({ lookup, name, isBusy, onLink }: OtherMemberProps) {
  return (
    <details open={candidatesOf(lookup).length === 0}>
      <summary>{t('admin.people.card.other')}</summary>
      <MemberSearch isBusy={isBusy} first={name} action={(member) => linkTo(member, onLink)} />
    </details>
  );
}

/** Links to the only candidate; where there are several, or none, it takes them to the choice. */
function linkOrShow(lookup: ReporterLookup | null, link: (id: number) => void, card: HTMLElement | null): void {
  const [only, ...others] = lookup === null ? [] : candidatesOf(lookup);
  if (only !== undefined && others.length === 0) return link(only.id);
  card?.querySelector<HTMLElement>(only === undefined ? 'input' : '.people-row button')?.focus();
}

function pressed(event: KeyboardEvent<HTMLElement>, act: (wanted: ReviewAct) => void): void {
  const { target, key, altKey, ctrlKey, metaKey, repeat } = event;
  const isTyping = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
  const wanted = actOf({ key, isModified: altKey || ctrlKey || metaKey, isRepeated: repeat, isTyping });
  if (wanted === null) return;
  // The key must not be typed into the field that it leads to.
  event.preventDefault();
  act(wanted);
}

/** Links that no longer fit stand while somebody looks at them. */
const MARKS: readonly ReviewCause[] = MARKED_CAUSES;

function isDecided(lookup: ReporterLookup | null, cause: ReviewCause): boolean {
  if (lookup === null) return false;
  return MARKS.includes(cause) ? lookup.match.state !== 'linked' : lookup.match.state === 'linked';
}

function sayMatch({ match }: ReporterLookup): string {
  switch (match.state) {
    case 'linked':
      return t(`admin.people.card.linkedBy.${match.link.how}`);
    case 'emailHidden':
      return t(`admin.people.card.hidden.${match.reason}`);
    case 'ambiguous':
      return match.reason === 'emailShared'
        ? t('admin.people.card.match.ambiguous')
        : t(`people.review.${match.reason}`);
    case 'found':
    case 'notFound':
    case 'notAPerson':
      return t(`admin.people.card.match.${match.state}`);
  }
}
