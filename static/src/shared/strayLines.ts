import type { StrayCount, StraysView } from '@contract';
import { t } from '../i18n';

/**
 * Who else was changed beside a write, a sentence for each segment; none where nobody was.
 * @param who whom the write was about
 */
export function strayLines(strays: StraysView | null, who: string): string[] {
  if (strays === null) return [];
  return [...strays.counts.map((one) => lineOf(one, who)), ...(strays.isMore ? [t('people.strays.more')] : [])];
}

function lineOf({ what, who: of, count, segment }: StrayCount, who: string): string {
  return of === 'member'
    ? t(`people.strays.member.${what}`, { who, segment: segment.name })
    : t(`people.strays.others.${what}`, { count, segment: segment.name });
}
