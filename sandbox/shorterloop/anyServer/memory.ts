import type { State } from '../state';
import type { AppliedWrite, MembershipChange } from '../types';

/** Who is in which segment: the ids of the members by the segment's. */
export type Lists = ReadonlyMap<number, readonly number[]>;

/** A change of the data: the new lists of some segments, and what is noted of it. */
type Change = { readonly lists: Lists; readonly write: Omit<AppliedWrite, 'changes' | 'beside' | 'atMs'> };

/** What a server remembers: what was changed when, so that a read can stand behind, and what waits in its queue. */
export type Memory = {
  /** Does a change now, or so many milliseconds after `atMs`. */
  change(work: () => Change, atMs: number, afterMs: number): void;
  /** Does what is due. */
  settle(nowMs: number): void;
  /** Who was in a segment before a moment, and is not any more. */
  leftBefore(segmentId: number, atMs: number): readonly number[];
  /** Who was in a segment at a moment. */
  membersAt(segmentId: number, atMs: number): readonly number[];
  reset(): void;
};

type Past = { readonly atMs: number; readonly segmentId: number; readonly before: readonly number[] };
type Waiting = { readonly dueAtMs: number; readonly work: () => Change };

/** The memory of one server over its data. */
export function createMemory(state: State): Memory {
  let past: Past[] = [];
  let waiting: Waiting[] = [];
  const membersOf = (segmentId: number): readonly number[] => state.truth.membersOf(segmentId) ?? [];
  const membersAt = (segmentId: number, atMs: number): readonly number[] =>
    past.find((one) => one.segmentId === segmentId && one.atMs > atMs)?.before ?? membersOf(segmentId);
  const apply = (work: () => Change, atMs: number): void => {
    const { lists, write } = work();
    const changes: MembershipChange[] = [];
    for (const [segmentId, after] of lists) {
      const before = membersOf(segmentId);
      past.push({ atMs, segmentId, before });
      changes.push(...changesOf(segmentId, before, after));
      state.put(segmentId, after);
    }
    const beside = changes.filter((change) => !isMeant(change, write));
    state.note({ ...write, changes, ...(beside.length > 0 ? { beside } : {}), atMs });
  };
  return {
    change(work, atMs, afterMs) {
      if (afterMs > 0) waiting.push({ dueAtMs: atMs + afterMs, work });
      else apply(work, atMs);
    },
    settle(nowMs) {
      const due = waiting.filter(({ dueAtMs }) => dueAtMs <= nowMs);
      waiting = waiting.filter(({ dueAtMs }) => dueAtMs > nowMs);
      for (const { work, dueAtMs } of due) apply(work, dueAtMs);
    },
    membersAt,
    leftBefore(segmentId, atMs) {
      const here = new Set(membersAt(segmentId, atMs));
      const once = past.filter((one) => one.segmentId === segmentId && one.atMs <= atMs);
      return [...new Set(once.flatMap(({ before }) => before))].filter((id) => !here.has(id));
    },
    reset() {
      past = [];
      waiting = [];
    },
  };
}

function changesOf(segmentId: number, before: readonly number[], after: readonly number[]): MembershipChange[] {
  const [was, is] = [new Set(before), new Set(after)];
  return [
    ...before.filter((id) => !is.has(id)).map((memberId) => ({ memberId, segmentId, what: 'left' as const })),
    ...after.filter((id) => !was.has(id)).map((memberId) => ({ memberId, segmentId, what: 'joined' as const })),
  ];
}

/** Whether a change is what the write is for. */
function isMeant({ memberId, segmentId, what }: MembershipChange, { asked, from, to }: Change['write']): boolean {
  return asked.includes(memberId) && segmentId === (what === 'left' ? from : to);
}
