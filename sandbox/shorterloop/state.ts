import type { Seed } from './seed';
import type { AppliedWrite, SegmentState, SentMail, SimulatedMember, Truth, TruthSnapshot } from './types';

/** How much of a write is done; `whole` unless a fault says otherwise. */
export type HowMuch = 'whole' | 'firstHalf' | 'joinOnly' | 'leaveOnly';

/** A write whose segments are known to exist. */
type Write = { readonly from: number | null; readonly to: number | null; readonly memberIds: readonly number[] };

/** The data of one simulator. Only the functions here change it. */
export type State = {
  readonly truth: Truth;
  hasSegment(segmentId: number): boolean;
  /** The segments without their members, in Shorter Loop's order. */
  listSegments(): { id: number; name: string }[];
  /** One segment with its members, as JSON text; undefined when there is no such segment. */
  segmentJson(segmentId: number): string | undefined;
  /** Every segment with its members, as JSON text. */
  segmentsJson(): string;
  /** Does a write, and answers how many members it changed. Who is not in the source is skipped. */
  apply(write: Write, howMuch: HowMuch, atMs: number): number;
  /** Makes a segment without members, and answers its id. */
  createSegment(name: string): number;
  renameSegment(segmentId: number, name: string): void;
  deleteSegment(segmentId: number): void;
  /**
   * Makes members of those whose address is new, lets all of them join the segment if there is one, and
   * answers how many people it was about.
   */
  addPeople(segmentId: number | null, people: readonly Newcomer[], atMs: number): number;
  /** Notes an e-mail, and answers to how many people it goes. */
  sendMail(by: SentMail['by'], memberIds: readonly number[], atMs: number): number;
  forgetMember(memberId: number): void;
  reset(): void;
};

/** Someone who is made a member. */
type Newcomer = {
  readonly email: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
};

type Segment = { readonly id: number; readonly name: string; readonly memberIds: Set<number> };

/** The state that a seed starts with. */
export function createState(seed: Seed): State {
  let people = new Map(seed.members.map((member) => [member.id, member]));
  let segments = plant(seed.segments);
  let writes: AppliedWrite[] = [];
  let mails: SentMail[] = [];
  // A site with 2,000 members answers some 200 kB at every panel open: each segment's text is kept until it changes.
  const texts = new Map<number, string>();
  let wholeText: string | null = null;

  const changed = (segmentId: number): void => {
    texts.delete(segmentId);
    wholeText = null;
  };
  const textOf = (segment: Segment): string => {
    const kept = texts.get(segment.id);
    if (kept !== undefined) return kept;
    const text = JSON.stringify({ id: segment.id, name: segment.name, users: usersOf(segment, people) });
    texts.set(segment.id, text);
    return text;
  };
  const membershipsOf = (memberId: number): number[] =>
    [...segments.values()].filter((segment) => segment.memberIds.has(memberId)).map((segment) => segment.id);
  const membersOf = (segmentId: number): number[] | undefined => {
    const segment = segments.get(segmentId);
    return segment && [...segment.memberIds];
  };
  const snapshot = (): TruthSnapshot => ({
    segments: [...segments.values()].map(({ id, name, memberIds }) => ({ id, name, memberIds: [...memberIds] })),
    members: [...people.values()].map((member) => ({ ...member, segmentIds: membershipsOf(member.id) })),
    writes: [...writes],
  });

  return {
    truth: {
      initial: seed.segments,
      membershipsOf,
      membersOf,
      writes: () => [...writes],
      mails: () => [...mails],
      snapshot,
    },
    hasSegment: (segmentId) => segments.has(segmentId),
    listSegments: () => [...segments.values()].map(({ id, name }) => ({ id, name })),
    segmentJson(segmentId) {
      const segment = segments.get(segmentId);
      return segment && textOf(segment);
    },
    segmentsJson() {
      wholeText ??= `[${[...segments.values()].map(textOf).join(',')}]`;
      return wholeText;
    },
    apply({ from, to, memberIds }, howMuch, atMs) {
      const source = from === null ? null : segments.get(from);
      const target = to === null ? null : segments.get(to);
      if (source === undefined || target === undefined)
        throw new Error('apply() was called for a segment that does not exist');
      // Who is not in the source can't leave it; who is nobody, or in the target already, can't join it.
      const canBe = (memberId: number): boolean =>
        source === null ? people.has(memberId) && !target?.memberIds.has(memberId) : source.memberIds.has(memberId);
      const present = [...new Set(memberIds)].filter(canBe);
      const applied = howMuch === 'firstHalf' ? present.slice(0, Math.floor(present.length / 2)) : present;
      for (const memberId of applied) {
        if (howMuch !== 'joinOnly') source?.memberIds.delete(memberId);
        if (howMuch !== 'leaveOnly') target?.memberIds.add(memberId);
      }
      if (from !== null) changed(from);
      if (to !== null) changed(to);
      const kind = from === null ? 'add' : to === null ? 'remove' : 'move';
      writes.push({ kind, from, to, asked: [...memberIds], applied, atMs });
      return applied.length;
    },
    createSegment(name) {
      const id = Math.max(10, ...segments.keys()) + 1;
      segments.set(id, { id, name, memberIds: new Set() });
      changed(id);
      return id;
    },
    renameSegment(segmentId, name) {
      const segment = segments.get(segmentId);
      if (segment !== undefined) segments.set(segmentId, { ...segment, name });
      changed(segmentId);
    },
    addPeople(segmentId, newcomers, atMs) {
      const ids = newcomers.map(({ email, firstName = '', lastName = '' }) => {
        const known = [...people.values()].find((member) => member.email.toLowerCase() === email.toLowerCase());
        if (known !== undefined) return known.id;
        const id = Math.max(1_600, ...people.keys()) + 1;
        people.set(id, { id, email, firstName, lastName });
        return id;
      });
      const segment = segmentId === null ? undefined : segments.get(segmentId);
      if (segment === undefined) return ids.length;
      const applied = ids.filter((id) => !segment.memberIds.has(id));
      applied.forEach((id) => segment.memberIds.add(id));
      changed(segment.id);
      writes.push({ kind: 'add', from: null, to: segment.id, asked: ids, applied, atMs });
      return ids.length;
    },
    sendMail(by, memberIds, atMs) {
      mails.push({ by, to: [...memberIds], atMs });
      return memberIds.length;
    },
    deleteSegment(segmentId) {
      segments.delete(segmentId);
      changed(segmentId);
    },
    forgetMember(memberId) {
      for (const segment of segments.values()) {
        if (segment.memberIds.delete(memberId)) changed(segment.id);
      }
    },
    reset() {
      segments = plant(seed.segments);
      writes = [];
      mails = [];
      people = new Map(seed.members.map((member) => [member.id, member]));
      texts.clear();
      wholeText = null;
    },
  };
}

function plant(seeded: readonly SegmentState[]): Map<number, Segment> {
  return new Map(seeded.map(({ id, name, memberIds }) => [id, { id, name, memberIds: new Set(memberIds) }]));
}

function usersOf(segment: Segment, people: ReadonlyMap<number, SimulatedMember>): SimulatedMember[] {
  return [...segment.memberIds].flatMap((memberId) => people.get(memberId) ?? []);
}
