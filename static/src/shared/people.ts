import type { MemberView, Segment } from '@contract';
import { t } from '../i18n';

/** A member's name, or `Member #1685` when Shorter Loop gave none. */
export function memberName(member: Pick<MemberView, 'id' | 'name'>): string {
  return member.name ?? t('people.member', { id: member.id });
}

/** The segments with these ids; one that is not in the list is named by its id. */
export function segmentsOf(segments: readonly Segment[], ids: readonly number[]): Segment[] {
  return ids.map((id) => segments.find((segment) => segment.id === id) ?? { id, name: t('people.segment', { id }) });
}
