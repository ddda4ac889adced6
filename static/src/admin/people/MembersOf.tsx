import type { MemberView, ReporterLookup, Segment } from '@contract';
import { t } from '../../i18n';
import { memberName } from '../../shared/people';
import { MemberRow, type MemberAction } from './MemberRow';

type MembersOfProps = {
  readonly lookup: ReporterLookup;
  readonly isBusy: boolean;
  readonly onLink: (id: number) => void;
  readonly onUnlink: (id: number) => void;
};

/** The members whom a reporter is, or may be, each with what can be done. */
export function MembersOf({ lookup: { match, segments }, isBusy, onLink, onUnlink }: MembersOfProps) {
  const row = (member: MemberView, all: readonly Segment[], action: MemberAction) => (
    <MemberRow key={member.id} member={member} segments={all} isBusy={isBusy} action={action} />
  );
  switch (match.state) {
    case 'linked':
      return (
        <ul className="people-rows">
          {row(match.member, segments, {
            text: t('admin.people.card.unlink'),
            label: t('admin.people.card.unlinkFrom', { member: memberName(match.member), id: match.member.id }),
            onClick: () => onUnlink(match.member.id),
          })}
        </ul>
      );
    case 'found':
      return <ul className="people-rows">{row(match.member, segments, linkTo(match.member, onLink))}</ul>;
    case 'ambiguous':
      return (
        <ul className="people-rows" aria-label={t('admin.people.card.candidates')}>
          {match.candidates.map((member) => row(member, segments, linkTo(member, onLink)))}
        </ul>
      );
    case 'emailHidden':
    case 'notFound':
    case 'notAPerson':
      return null;
  }
}

/** The way to link a reporter to a member. */
export function linkTo(member: MemberView, onLink: (id: number) => void): MemberAction {
  return {
    text: t('admin.people.card.link'),
    label: t('admin.people.card.linkTo', { member: memberName(member), id: member.id }),
    onClick: () => onLink(member.id),
  };
}

/** Those to whom one press could link: none where it is decided, or where nobody has their email. */
export function candidatesOf({ match }: ReporterLookup): readonly MemberView[] {
  if (match.state === 'found') return [match.member];
  return match.state === 'ambiguous' ? match.candidates : [];
}
