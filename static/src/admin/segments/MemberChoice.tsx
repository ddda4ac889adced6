import { PROVING_LIMIT, type ProvingGround } from '@contract';
import { t } from '../../i18n';
import { memberName } from '../../shared/people';

type MemberChoiceProps = {
  readonly members: ProvingGround['members'];
  readonly chosen: readonly number[];
  readonly isTruncated: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (chosen: readonly number[]) => void;
};

/** Some of a segment's members. */
export function MemberChoice({ members, chosen, isTruncated, isDisabled, onChange }: MemberChoiceProps) {
  return (
    <fieldset className="rule segments-members">
      <legend>{t('admin.segments.members')}</legend>
      {members.map((member) => (
        <label key={member.id} className="check-line">
          <input
            type="checkbox"
            checked={chosen.includes(member.id)}
            disabled={isDisabled}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, member.id] : chosen.filter((other) => other !== member.id))
            }
          />
          <bdi>{memberName(member)}</bdi>
        </label>
      ))}
      {isTruncated && <p className="subtle small">{t('admin.segments.firstShown', { count: PROVING_LIMIT })}</p>}
    </fieldset>
  );
}
