import Button from '@atlaskit/button/new';
import { router } from '@forge/bridge';
import { useContext } from 'react';
import type { Problem } from '@contract';
import { t } from '../i18n';
import { AskedForContext } from '../shared/askedFor';
import { problemText } from '../shared/problemText';
import { SettingsLink } from '../shared/SettingsLink';

/** So many work items are offered: each adds one person. */
const OFFERED = 10;

type WithoutSegmentProps = {
  /** A work item of each of them. */
  readonly issueKeys: readonly string[];
  readonly mayAdd: boolean;
  /** Why nobody can add them; null where it works. */
  readonly refusal: Problem | null;
};

/**
 * Those who reported lately and have no card, because no segment has them: how many, and where they are added, which
 * takes the address that their work item tells. Nothing where there are none.
 */
export function WithoutSegment({ issueKeys, mayAdd, refusal }: WithoutSegmentProps) {
  const asked = useContext(AskedForContext);
  if (issueKeys.length === 0) return null;
  const offered = mayAdd && refusal === null ? issueKeys.slice(0, OFFERED) : [];
  const why = mayAdd && refusal !== null ? problemText(refusal, { ...asked, act: 'add' }) : null;
  const sentences = [
    t('board.withoutSegment.people', { count: issueKeys.length }),
    ...(offered.length > 0 ? [t('board.withoutSegment.next')] : []),
    ...(why === null ? [] : [t('board.readOnly.noAdd', { why: `${why.cause} ${why.next}` })]),
  ];
  return (
    <div className="known-people">
      <p className="subtle small">{sentences.join(' ')}</p>
      {offered.map((key) => (
        <Button key={key} appearance="subtle" spacing="compact" onClick={() => void router.open(`/browse/${key}`)}>
          {key}
        </Button>
      ))}
      {why !== null && refusal !== null && <SettingsLink problems={[refusal]} />}
    </div>
  );
}
