import { connect, ok, readSegments, type Step } from '../../flow';
import { normalizeEmail } from '../../people';
import type { SegmentWithMembers } from '../../shorterloop';
import { readKey, readPace, readSettings } from '../../store';

/** What is asked of Shorter Loop's members when many people are looked up: ids only, no names. */
export type MemberIndex = {
  /** The ids of the members who have exactly this e-mail. */
  readonly idsOf: (email: string) => readonly number[];
  /** Whether some segment has this member. */
  readonly has: (memberId: number) => boolean;
};

/** Every segment with its members, read live once. */
export async function readMembersLive(): Promise<Step<SegmentWithMembers[]>> {
  const [settings, key, pace] = await Promise.all([readSettings(), readKey(), readPace()]);
  const connected = connect(settings, key, pace);
  return connected.kind === 'ok' ? readSegments(connected.value, 'look') : connected;
}

/** Reads the index; one reading serves everybody who is looked up in an invocation. */
export async function readMemberIndex(): Promise<Step<MemberIndex>> {
  const segments = await readMembersLive();
  return segments.kind === 'ok' ? ok(indexOf(segments.value)) : segments;
}

function indexOf(segments: readonly SegmentWithMembers[]): MemberIndex {
  const ids = new Set<number>();
  const byEmail = new Map<string, Set<number>>();
  for (const { id, email } of segments.flatMap(({ members }) => members)) {
    ids.add(id);
    if (email === null) continue;
    const known = byEmail.get(normalizeEmail(email)) ?? new Set();
    byEmail.set(normalizeEmail(email), known.add(id));
  }
  return { idsOf: (email) => [...(byEmail.get(normalizeEmail(email)) ?? [])], has: (memberId) => ids.has(memberId) };
}
