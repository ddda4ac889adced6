import type { LedgerRecord, Stray } from '@contract';
import { memberName } from '../../shared/people';
import { list, t } from '../../i18n';

/** So many are named in a sentence; of the others it says how many there are. */
const NAMED = 10;

/** Who else was changed beside a write, a sentence for each segment; none where nobody was. */
export function strayTexts({ strays, from, to }: LedgerRecord): string[] {
  if (strays === null) return [];
  const nameOf = (segmentId: number): string =>
    [from, to].find((segment) => segment?.id === segmentId)?.name ?? t('people.segment', { id: String(segmentId) });
  const sentences = (['missing', 'joined'] as const).flatMap((what) =>
    [...new Set(strays[what].map(({ segmentId }) => segmentId))].map((segmentId) =>
      t(`admin.ledger.strays.${what}`, {
        segment: nameOf(segmentId),
        members: namesOf(strays[what].filter((one) => one.segmentId === segmentId)),
      }),
    ),
  );
  const more = strays.count - strays.missing.length - strays.joined.length;
  return [...sentences, ...(more > 0 ? [t('admin.ledger.strays.more', { count: more })] : [])];
}

function namesOf(some: readonly Stray[]): string {
  const named = some.slice(0, NAMED).map(({ memberId }) => memberName({ id: memberId, name: null }));
  const more = some.length - named.length;
  return list(more === 0 ? named : [...named, t('admin.ledger.strays.others', { count: more })]);
}
