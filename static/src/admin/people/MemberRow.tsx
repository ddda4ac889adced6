import Button from '@atlaskit/button/new';
import type { ReactNode } from 'react';
import type { MemberView, Segment } from '@contract';
import { list, t } from '../../i18n';
import { memberName, segmentsOf } from '../../shared/people';

/**
 * What can be done with a member; `label` says it with the member's name, for those who hear the
 * buttons one by one.
 */
export type MemberAction = { readonly text: string; readonly label: string; readonly onClick: () => void };

type MemberRowProps = {
  readonly member: MemberView;
  readonly segments: readonly Segment[];
  readonly isBusy: boolean;
  readonly action?: MemberAction;
  readonly children?: ReactNode;
};

/** A member with what tells namesakes apart: the id and the segments. */
export function MemberRow({ member, segments, isBusy, action, children }: MemberRowProps) {
  const names = segmentsOf(segments, member.segmentIds).map(({ name }) => name);
  return (
    <li className="people-row">
      <div className="grow">
        <bdi className="name">{memberName(member)}</bdi>
        {member.name !== null && <span className="subtle"> #{member.id}</span>}
        <p className="subtle small">
          {names.length === 0
            ? t('admin.people.member.inNone')
            : t('admin.people.member.inSegments', { segments: list(names) })}
        </p>
        {children}
      </div>
      {action !== undefined && (
        <Button spacing="compact" isDisabled={isBusy} aria-label={action.label} onClick={action.onClick}>
          {action.text}
        </Button>
      )}
    </li>
  );
}
