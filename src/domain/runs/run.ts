import {
  BULK_RESULTS,
  BULK_VERDICTS,
  err,
  ok,
  shortenedName,
  type BulkAct,
  type BulkResult,
  type BulkVerdict,
  type ReportPoint,
  type Result,
  type RunGroup,
  type RunView,
  type Segment,
  type WriteEnds,
} from '../../contract';
import type { Streak } from './brake';

/** A bulk run as it is kept: what its page shows, and who works on it. */
export type Run = Omit<RunView, 'refusal' | 'undoRefusal'> & {
  /** By what the query is known again while it is read; null once it was read, and where there is none. */
  readonly queryName: string | null;
  /** With whom the very same thing went wrong last, one after the other; null where nothing did. */
  readonly streak: Streak | null;
  /** The process that works on it, until a time (milliseconds since the epoch); null when none does. */
  readonly worker: { readonly id: string; readonly untilMs: number } | null;
};

/** One person of a run. Their place is counted from 1 in their group; group 0 is of those who are left out. */
export type RunPerson = ReportPoint & {
  readonly accountId: string;
  readonly memberId: number | null;
  readonly verdict: BulkVerdict;
  readonly issueId: string | null;
  readonly issueKey: string | null;
  /** The issue's project when it was read, by whose id it is known whether the app is used there. */
  readonly projectId: string | null;
  readonly result: BulkResult | null;
  readonly reason: string | null;
  /** The last write about them in this run; null before there was one. */
  readonly operationId: string | null;
  /** The write that is to be undone, in a run that undoes another. */
  readonly undoes: string | null;
};

/** A person who was just read, before they have a place. */
export type NewPerson = Omit<RunPerson, keyof ReportPoint | 'result' | 'reason' | 'operationId'> & {
  readonly ends: WriteEnds | null;
  /** Whether they would be in no segment after it. */
  readonly isInNone: boolean;
};

/** What a step of reading found beside people. */
export type ReadFacts = {
  readonly issues: number;
  readonly withoutReporter: number;
  readonly asOfMs: number | null;
  readonly isLast: boolean;
};

/** A run names hundreds of segments, twice each: of a longer name it keeps the beginning. In bytes. */
const MOST_NAME_BYTES = 120;

/** A run that nothing was read for yet. */
export function newRun(
  { act, ...start }: Pick<Run, 'runId' | 'source' | 'queryName' | 'act' | 'createdByAccountId'>,
  nowMs: number,
): Run {
  return {
    ...start,
    act: actAsKept(act),
    state: 'reading',
    createdAtMs: nowMs,
    startedAtMs: null,
    startedByAccountId: null,
    finishedAtMs: null,
    issues: 0,
    withoutReporter: 0,
    asOfMs: null,
    verdicts: zeros(BULK_VERDICTS),
    inNone: 0,
    groups: [],
    results: zeros(BULK_RESULTS),
    writes: 0,
    unseen: 0,
    strays: 0,
    streak: null,
    pause: null,
    earlier: null,
    changedAtMs: nowMs,
    worker: null,
  };
}

function actAsKept(act: BulkAct): BulkAct {
  switch (act.kind) {
    case 'add':
      return { ...act, to: asKept(act.to) };
    case 'move':
      return { ...act, from: act.from?.map(asKept) ?? null, to: asKept(act.to) };
    case 'remove':
      return { ...act, from: act.from.map(asKept) };
  }
}

function asKept(segment: Segment): Segment {
  return { id: segment.id, name: shortenedName(segment, MOST_NAME_BYTES) };
}

/**
 * From when on a run is kept for its time, in milliseconds since the epoch: from its end; one that has none, from its
 * start or its preview.
 */
export function keptFromMs({ finishedAtMs, startedAtMs, createdAtMs }: Run): number {
  return finishedAtMs ?? startedAtMs ?? createdAtMs;
}

/** How many people of a group the run counts; group 0 is of those who are left out. */
export function countOf(run: Run, group: number): number {
  return group === 0 ? sum(run.verdicts) - run.verdicts.willWrite : (run.groups[group - 1]?.count ?? 0);
}

/** Whether a person's place is one that the run counts: a step that was never finished leaves others behind. */
export function isCounted(run: Run, { group, place }: ReportPoint): boolean {
  return place <= countOf(run, group);
}

/**
 * The run after a step of reading, with the people of that step in their places: those with whom the same is done
 * stand one after the other, without gaps.
 */
export function withRead(
  run: Run,
  people: readonly NewPerson[],
  { issues, withoutReporter, asOfMs, isLast }: ReadFacts,
): { readonly run: Run; readonly placed: readonly RunPerson[] } {
  const groups: RunGroup[] = [...run.groups];
  const verdicts = { ...run.verdicts };
  let leftOut = countOf(run, 0);
  const placed = people.map(({ ends, isInNone: _isInNone, ...person }): RunPerson => {
    verdicts[person.verdict] += 1;
    const fresh = { ...person, result: null, reason: null, operationId: null };
    if (ends === null) return { ...fresh, group: 0, place: (leftOut += 1) };
    const known = groups.findIndex((group) => isBetween(group, ends));
    const index = known === -1 ? groups.length : known;
    const group = groups[index] ?? { ...ends, count: 0, done: 0 };
    groups[index] = { ...group, count: group.count + 1 };
    return { ...fresh, group: index + 1, place: group.count + 1 };
  });
  const read = {
    issues: run.issues + issues,
    withoutReporter: run.withoutReporter + withoutReporter,
    asOfMs: earlierOf(run.asOfMs, asOfMs),
    inNone: run.inNone + people.filter(({ isInNone }) => isInNone).length,
  };
  const whenRead = isLast ? ({ state: 'ready', queryName: null } as const) : {};
  return { run: { ...run, ...read, verdicts, groups, ...whenRead }, placed };
}

/** The ends of a group, without its counts. */
export function endsOf({ count: _count, done: _done, ...ends }: RunGroup): WriteEnds {
  return ends;
}

function isBetween(one: WriteEnds, other: WriteEnds): boolean {
  return one.kind === other.kind && one.from?.id === other.from?.id && one.to?.id === other.to?.id;
}

/** The earlier of two times, of which null is later than any. */
function earlierOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

/** The present rate is measured over this long, in milliseconds. */
const RATE_OVER_MS = 30_000;

/**
 * What was done of a group since the last count: the results of the next people in their order, writes sent, and how
 * many others were changed beside them; and what holds of the whole run by now.
 */
export type GroupProgress = Pick<Run, 'unseen' | 'streak'> & {
  readonly group: number;
  readonly results: readonly BulkResult[];
  readonly writes: number;
  readonly strays: number;
};

/** The run after so many people of a group, the next in their order, came to their results. */
export function withDone(run: Run, progress: GroupProgress, nowMs: number): Run {
  const { group, results, writes, strays, unseen, streak } = progress;
  const counts = { ...run.results };
  for (const result of results) counts[result] += 1;
  const done = sum(run.results);
  const isOld = run.earlier === null || nowMs - run.earlier.atMs > RATE_OVER_MS;
  const groups = run.groups.map((one, index) =>
    index === group - 1 ? { ...one, done: one.done + results.length } : one,
  );
  return {
    ...run,
    groups,
    results: counts,
    writes: run.writes + writes,
    strays: run.strays + strays,
    unseen,
    streak,
    earlier: isOld ? { done, atMs: run.changedAtMs } : run.earlier,
    changedAtMs: nowMs,
  };
}

/** The first group that is not done, counted from 1; null when all are. */
export function nextGroup({ groups }: Pick<RunView, 'groups'>): number | null {
  const index = groups.findIndex(({ count, done }) => done < count);
  return index === -1 ? null : index + 1;
}

/** What a run does with somebody; only `willWrite` has ends. */
export type PersonVerdict = Pick<NewPerson, 'verdict' | 'ends' | 'isInNone'>;

/** What a run's act does with someone, by the segments that they are in. */
export function placeOf(act: BulkAct, segmentIds: readonly number[], segments: readonly Segment[]): PersonVerdict {
  const { to } = act;
  if (to !== null && segmentIds.includes(to.id)) return leftOut('alreadyThere');
  if (act.kind === 'add') return place({ kind: 'add', from: null, to: act.to }, segmentIds);
  const sources = segmentIds.filter((id) => act.from === null || act.from.some((segment) => segment.id === id));
  const [only] = sources;
  // A removal of someone who is not there has nothing left to do.
  if (only === undefined) return leftOut(to === null ? 'alreadyThere' : 'notInSource');
  if (sources.length > 1) return leftOut('sourceUnclear');
  const from = segments.find(({ id }) => id === only);
  if (from === undefined) return leftOut('notInSource');
  const source = asKept(from);
  return place(to === null ? { kind: 'remove', from: source, to } : { kind: 'move', from: source, to }, segmentIds);
}

function place(ends: WriteEnds, segmentIds: readonly number[]): PersonVerdict {
  return { verdict: 'willWrite', ends, isInNone: isInNoneAfter(ends, segmentIds) };
}

/** Whether somebody is in no segment after a write: they are taken out of the only one that they are in. */
export function isInNoneAfter({ kind, from }: WriteEnds, segmentIds: readonly number[]): boolean {
  return kind === 'remove' && segmentIds.every((id) => id === from.id);
}

/** What takes a run's act back. Whoever was added leaves that segment alone, so that it is a removal to everybody. */
export function undoneBy(act: BulkAct): Result<BulkAct> {
  switch (act.kind) {
    case 'move':
      return ok(act);
    case 'add':
      return ok({ kind: 'remove', from: [act.to], to: null });
    case 'remove':
      return err({ code: 'undoRefused', reason: 'notAMove' });
  }
}

function leftOut(verdict: BulkVerdict): PersonVerdict {
  return { verdict, ends: null, isInNone: false };
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
