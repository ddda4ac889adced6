import type { MemberView, Segment } from '../../../src/contract';
import { texts } from '../texts';

/** A member's name, or `Member #1685` when Shorter Loop gave none. */
export function memberName(member: Pick<MemberView, 'id' | 'name'>): string {
  return member.name ?? texts.people.member(member.id);
}

/** The segments with these ids; one that is not in the list is named by its id. */
export function segmentsOf(segments: readonly Segment[], ids: readonly number[]): Segment[] {
  return ids.map((id) => segments.find((segment) => segment.id === id) ?? { id, name: texts.people.segment(id) });
}
