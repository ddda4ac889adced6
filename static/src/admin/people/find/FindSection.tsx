import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useState } from 'react';
import type { FoundMember } from '@contract';
import { t } from '../../../i18n';
import { useActorNames } from '../../../shared/actorNames';
import { makeDraft, useDraft } from '../../../shared/useDraft';
import { ReporterCard } from '../ReporterCard';
import { MemberSearch } from './MemberSearch';
import { UserSearch } from './UserSearch';
import type { MemberQuestion } from './useMemberSearch';

type Side = 'jira' | 'shorterLoop';
const CHOSEN_SIDE = makeDraft<Side>();
const TYPED_MEMBER = makeDraft<MemberQuestion>();

/** Finds somebody on either side, and shows who they are on the other. */
export function FindSection({ onChange }: { readonly onChange: () => void }) {
  const { value: side, change: setSide } = useDraft<Side>(CHOSEN_SIDE, 'jira');
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <section className="people-section">
      <Heading as="h2" size="small">
        {t('admin.people.find.title')}
      </Heading>
      <div className="people-line" role="group" aria-label={t('admin.people.find.side')}>
        <Button spacing="compact" isSelected={side === 'jira'} onClick={() => setSide('jira')}>
          {t('admin.people.find.inJira')}
        </Button>
        <Button spacing="compact" isSelected={side === 'shorterLoop'} onClick={() => setSide('shorterLoop')}>
          {t('admin.people.find.inShorterLoop')}
        </Button>
      </div>
      {side === 'jira' ? (
        <UserSearch chosen={chosen} onChoose={setChosen} />
      ) : (
        <MemberSearch draft={TYPED_MEMBER} below={(member) => <Accounts member={member} onChoose={setChosen} />} />
      )}
      {chosen !== null && <ReporterCard key={chosen} accountId={chosen} onChange={onChange} />}
    </section>
  );
}

function Accounts({
  member: { linkedAccountIds },
  onChoose,
}: {
  readonly member: FoundMember;
  readonly onChoose: (accountId: string) => void;
}) {
  const nameOf = useActorNames(linkedAccountIds, null);
  if (linkedAccountIds.length === 0) return <p className="subtle small">{t('admin.people.find.notLinked')}</p>;
  return (
    <div className="people-line">
      <span className="small">{t('admin.people.find.linkedTo')}</span>
      {linkedAccountIds.map((accountId) => (
        <Button key={accountId} spacing="compact" onClick={() => onChoose(accountId)}>
          {nameOf(accountId)}
        </Button>
      ))}
    </div>
  );
}
