import type { Result } from '@contract';
import { t } from '../../i18n';
import { LeftOut } from '../../shared/LeftOut';
import type { Encoding } from '../../shared/table';
import type { PeopleFault, PeopleList } from './people';
import { inviteeText, peopleFaultText } from './peopleText';

type FoundPeopleProps = {
  readonly read: Result<PeopleList, PeopleFault>;
  readonly encoding: Encoding | undefined;
};

/** What was made of a list or a file: the first person as they will be sent, and what is not used. */
export function FoundPeople({ read, encoding }: FoundPeopleProps) {
  if (read.kind === 'problem')
    return (
      <p className="field-error" role="alert">
        {peopleFaultText(read.problem)}
      </p>
    );
  const [first] = read.value.people;
  if (first === undefined && read.value.unaddressed.length === 0) return null;
  return (
    <div role="status">
      {first !== undefined && (
        <p className="small">
          {t('admin.segments.found', { count: read.value.people.length, first: inviteeText(first) })}
        </p>
      )}
      <LeftOut encoding={encoding} {...read.value} />
    </div>
  );
}
