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
  /** Somebody by their id; undefined when there is nobody. */
  person(memberId: number): SimulatedMember | undefined;
  /** Gives a segment other members, without noting a write. */
  put(segmentId: number, memberIds: readonly number[]): void;
  /** Notes a write that was done by {@link State.put}. */
  note(write: AppliedWrite): void;
  /** Gives a member another address or name, as people do in Shorter Loop. */
  changeMember(memberId: number, changedTo: Partial<Omit<SimulatedMember, 'id'>>): void;
  reset(): void;
};

/** Someone who is made a member. */
type Newcomer = {
  readonly email: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
};

type Segment = { readonly id: number; readonly name: string; readonly memberIds: Set<number> };

/** What a state is made of. */
type Kept = {
  readonly seed: Seed;
  people: Map<number, SimulatedMember>;
  segments: Map<number, Segment>;
  writes: AppliedWrite[];
  mails: SentMail[];
  /** A site of 2,000 members answers some 200 kB at every panel open: a segment's text is kept until it changes. */
  readonly texts: Map<number, string>;
  wholeText: string | null;
};

/** The state that a seed starts with. */
export function createState(seed: Seed): State {
  const kept: Kept = { seed, ...planted(seed), texts: new Map(), wholeText: null };
  return {
    truth: truthOf(kept),
    hasSegment: (segmentId) => kept.segments.has(segmentId),
    listSegments: () => [...kept.segments.values()].map(({ id, name }) => ({ id, name })),
    segmentJson(segmentId) {
      const segment = kept.segments.get(segmentId);
      return segment && textOf(kept, segment);
    },
    segmentsJson() {
      kept.wholeText ??= `[${[...kept.segments.values()].map((segment) => textOf(kept, segment)).join(',')}]`;
      return kept.wholeText;
    },
    apply: (write, howMuch, atMs) => applyWrite(kept, write, howMuch, atMs),
    createSegment: (name) => createSegment(kept, name),
    renameSegment(segmentId, name) {
      const segment = kept.segments.get(segmentId);
      if (segment !== undefined) kept.segments.set(segmentId, { ...segment, name });
      changed(kept, segmentId);
    },
    addPeople: (segmentId, newcomers, atMs) => addPeople(kept, segmentId, newcomers, atMs),
    sendMail(by, memberIds, atMs) {
      kept.mails.push({ by, to: [...memberIds], atMs });
      return memberIds.length;
    },
    deleteSegment(segmentId) {
      kept.segments.delete(segmentId);
      changed(kept, segmentId);
    },
    changeMember(memberId, changedTo) {
      const member = kept.people.get(memberId);
      if (member === undefined) throw new Error(`Shorter Loop has no member ${memberId}`);
      kept.people.set(memberId, { ...member, ...changedTo });
      for (const segmentId of membershipsOf(kept, memberId)) changed(kept, segmentId);
    },
    forgetMember(memberId) {
      for (const segment of kept.segments.values()) {
        if (segment.memberIds.delete(memberId)) changed(kept, segment.id);
      }
    },
    person: (memberId) => kept.people.get(memberId),
    put(segmentId, memberIds) {
      const segment = kept.segments.get(segmentId);
      if (segment === undefined) return;
      kept.segments.set(segmentId, { ...segment, memberIds: new Set(memberIds) });
      changed(kept, segmentId);
    },
    note(write) {
      kept.writes.push(write);
    },
    reset() {
      Object.assign(kept, planted(seed));
      kept.texts.clear();
      kept.wholeText = null;
    },
  };
}

function planted(seed: Seed): Pick<Kept, 'people' | 'segments' | 'writes' | 'mails'> {
  return {
    people: new Map(seed.members.map((member) => [member.id, member])),
    segments: plant(seed.segments),
    writes: [],
    mails: [],
  };
}

function truthOf(kept: Kept): Truth {
  return {
    initial: kept.seed.segments,
    membershipsOf: (memberId) => membershipsOf(kept, memberId),
    membersOf: (segmentId) => {
      const segment = kept.segments.get(segmentId);
      return segment && [...segment.memberIds];
    },
    writes: () => [...kept.writes],
    mails: () => [...kept.mails],
    snapshot: () => snapshotOf(kept),
  };
}

function snapshotOf(kept: Kept): TruthSnapshot {
  const { segments, people, writes } = kept;
  return {
    segments: [...segments.values()].map(({ id, name, memberIds }) => ({ id, name, memberIds: [...memberIds] })),
    members: [...people.values()].map((member) => ({ ...member, segmentIds: membershipsOf(kept, member.id) })),
    writes: [...writes],
  };
}

function membershipsOf({ segments }: Kept, memberId: number): number[] {
  return [...segments.values()].filter((segment) => segment.memberIds.has(memberId)).map((segment) => segment.id);
}

function changed(kept: Kept, segmentId: number): void {
  kept.texts.delete(segmentId);
  kept.wholeText = null;
}

function textOf({ texts, people }: Kept, segment: Segment): string {
  const known = texts.get(segment.id);
  if (known !== undefined) return known;
  const text = JSON.stringify({ id: segment.id, name: segment.name, users: usersOf(segment, people) });
  texts.set(segment.id, text);
  return text;
}

function applyWrite(kept: Kept, { from, to, memberIds }: Write, howMuch: HowMuch, atMs: number): number {
  const { segments, people } = kept;
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
  if (from !== null) changed(kept, from);
  if (to !== null) changed(kept, to);
  const kind = from === null ? 'add' : to === null ? 'remove' : 'move';
  kept.writes.push({ kind, from, to, asked: [...memberIds], applied, atMs });
  return applied.length;
}

function createSegment(kept: Kept, name: string): number {
  const id = Math.max(10, ...kept.segments.keys()) + 1;
  kept.segments.set(id, { id, name, memberIds: new Set() });
  changed(kept, id);
  return id;
}

function addPeople(kept: Kept, segmentId: number | null, newcomers: readonly Newcomer[], atMs: number): number {
  const ids = newcomers.map((newcomer) => memberIdOf(kept, newcomer));
  const segment = segmentId === null ? undefined : kept.segments.get(segmentId);
  if (segment === undefined) return ids.length;
  const applied = ids.filter((id) => !segment.memberIds.has(id));
  applied.forEach((id) => segment.memberIds.add(id));
  changed(kept, segment.id);
  kept.writes.push({ kind: 'add', from: null, to: segment.id, asked: ids, applied, atMs });
  return ids.length;
}

/** The member with that address, who is made if there is none. */
function memberIdOf({ people }: Kept, { email, firstName = '', lastName = '' }: Newcomer): number {
  const known = [...people.values()].find((member) => member.email.toLowerCase() === email.toLowerCase());
  if (known !== undefined) return known.id;
  const id = Math.max(1_600, ...people.keys()) + 1;
  people.set(id, { id, email, firstName, lastName });
  return id;
}

function plant(seeded: readonly SegmentState[]): Map<number, Segment> {
  return new Map(seeded.map(({ id, name, memberIds }) => [id, { id, name, memberIds: new Set(memberIds) }]));
}

function usersOf(segment: Segment, people: ReadonlyMap<number, SimulatedMember>): SimulatedMember[] {
  return [...segment.memberIds].flatMap((memberId) => people.get(memberId) ?? []);
}
