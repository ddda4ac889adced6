import { ANY_SOURCE, comparableName, err, ok, type LedgerEntry, type Result, type Segment } from '../../contract';
import { segmentIdsOf, toSegmentRef, type SegmentMembers } from './memberships';
import { planAdd, planMove, type Planned, type WritePlan } from './plan';
import { unreadableEnd } from './settle';
import { resolveSegment } from './resolveSegment';
import { planUndo } from './undo';

/**
 * Which segment is meant: one by its id, one as a rule writes it (id or exact name), or the one where the member is.
 */
export type SegmentChoice =
  | { readonly by: 'id'; readonly id: number }
  | { readonly by: 'text'; readonly text: string }
  | { readonly by: 'membership' };

/** What is to be done about one member, as data: planned only once the segments were read under the member's lease. */
export type WriteIntent =
  | { readonly kind: 'move'; readonly from: SegmentChoice; readonly to: SegmentChoice }
  | { readonly kind: 'remove'; readonly from: SegmentChoice }
  | { readonly kind: 'add'; readonly to: SegmentChoice }
  /** Takes the confirmed move of this ledger entry back. */
  | { readonly kind: 'undo'; readonly undone: LedgerEntry };

/** So many segments that a text could mean are named; more would only hide what is wrong. */
const MAX_CANDIDATES = 10;

/** What an intent is planned from. */
export type PlanReading = {
  readonly memberId: number;
  /** Whose work items the member stands for; null where no reporter does. */
  readonly reporterAccountId: string | null;
  /** Every segment; those that the intent is about were read just before. */
  readonly segments: readonly SegmentMembers[];
  /** Recent writes about the same reporter. */
  readonly history: readonly LedgerEntry[];
};

/** The segment with this id. */
export function byId(id: number): SegmentChoice {
  return { by: 'id', id };
}

/** The segment that a rule means by an id or an exact name. */
export function byText(text: string): SegmentChoice {
  return { by: 'text', text };
}

/** The segment that a rule means as a source: {@link ANY_SOURCE} is the one where the member is. */
export function bySource(text: string): SegmentChoice {
  return isAnySource(text) ? { by: 'membership' } : byText(text);
}

function isAnySource(text: string): boolean {
  return comparableName(text).toLowerCase() === ANY_SOURCE;
}

/** Plans an intent from what Shorter Loop says now. Pure: it reads nothing and sends nothing. */
export function planWrite(intent: WriteIntent, reading: PlanReading): Result<WritePlan> {
  const { memberId, segments } = reading;
  switch (intent.kind) {
    case 'move': {
      const to = resolveChoice(intent.to, 'target', reading);
      if (to.kind === 'problem') return to;
      // A rule is told so before anything about the source: who is in the target needs no move, wherever else they are.
      if (intent.to.by === 'text' && segmentIdsOf(segments, memberId).includes(to.value))
        return stale('alreadyInTarget');
      const from = resolveChoice(intent.from, 'source', reading);
      if (from.kind === 'problem') return from;
      return planned(planMove(segments, { memberId, fromSegmentId: from.value, toSegmentId: to.value }));
    }
    case 'remove': {
      const from = resolveChoice(intent.from, 'source', reading);
      if (from.kind === 'problem') return from;
      return planned(planMove(segments, { memberId, fromSegmentId: from.value, toSegmentId: null }));
    }
    case 'add': {
      const to = resolveChoice(intent.to, 'target', reading);
      return to.kind === 'problem' ? to : planned(planAdd(segments, { memberId, toSegmentId: to.value }));
    }
    case 'undo': {
      const segmentId = unreadableEnd(intent.undone, segments);
      if (segmentId !== null) return err({ code: 'segmentUnreadable', segmentId });
      const back = planUndo(intent.undone, reading);
      if (back.kind === 'refused') return err({ code: 'undoRefused', reason: back.reason });
      return planned(planMove(segments, back.request));
    }
  }
}

/**
 * The ids of the segments that an intent is about, which have to be read before it is planned.
 * @param segments every segment, as far as it is known yet
 * @param memberSegmentIds where the directory has the member
 */
export function affectedSegments(
  intent: WriteIntent,
  segments: readonly Segment[],
  memberSegmentIds: readonly number[],
): number[] {
  const idsOf = (choice: SegmentChoice): readonly number[] => {
    switch (choice.by) {
      case 'id':
        return [choice.id];
      case 'text':
        return idsMeantBy(segments, choice.text);
      case 'membership':
        return memberSegmentIds;
    }
  };
  switch (intent.kind) {
    case 'move':
      // Those that are named come first: where the member is may be many.
      return intent.from.by === 'membership'
        ? [...idsOf(intent.to), ...idsOf(intent.from)]
        : [...idsOf(intent.from), ...idsOf(intent.to)];
    case 'remove':
      return [...idsOf(intent.from)];
    case 'add':
      return [...idsOf(intent.to)];
    case 'undo':
      return [intent.undone.from?.id, intent.undone.to?.id].filter((end) => end !== undefined);
  }
}

/** The id of the segment that somebody is to join who is in none. */
export function resolveTarget(choice: SegmentChoice, segments: readonly SegmentMembers[]): Result<number> {
  return resolveChoice(choice, 'target', { memberId: 0, reporterAccountId: null, segments, history: [] });
}

function resolveChoice(choice: SegmentChoice, which: 'source' | 'target', reading: PlanReading): Result<number> {
  switch (choice.by) {
    case 'id':
      return ok(choice.id);
    case 'text':
      return resolveText(choice.text, which, reading);
    case 'membership': {
      // The word is also the name of a segment: it could mean either.
      const named = reading.segments.filter(({ name }) => isAnySource(name));
      if (named.length > 0) return ambiguous(which, ANY_SOURCE, named);
      const ids = segmentIdsOf(reading.segments, reading.memberId);
      const [only, ...others] = ids;
      // Out of several, the app does not choose: nobody is moved by mistake.
      return only !== undefined && others.length === 0
        ? ok(only)
        : err({ code: 'sourceUnclear', segments: ids.length });
    }
  }
}

function resolveText(text: string, which: 'source' | 'target', { segments }: PlanReading): Result<number> {
  const found = resolveSegment(segments, text);
  switch (found.kind) {
    case 'found':
      return ok(found.segment.id);
    case 'unknown':
      return err({ code: 'segmentUnknown', which, given: text.trim() });
    case 'ambiguous':
      return ambiguous(which, text.trim(), found.candidates);
  }
}

function ambiguous(which: 'source' | 'target', given: string, candidates: readonly Segment[]): Result<number> {
  return err({
    code: 'segmentAmbiguous',
    which,
    given,
    candidates: candidates.slice(0, MAX_CANDIDATES).map(toSegmentRef),
  });
}

/** What has to be read before a text can be planned with: nothing where it means no one segment. */
function idsMeantBy(segments: readonly Segment[], text: string): number[] {
  const found = resolveSegment(segments, text);
  return found.kind === 'found' ? [found.segment.id] : [];
}

function planned(plan: Planned): Result<WritePlan> {
  switch (plan.kind) {
    case 'plan':
      return ok(plan.plan);
    case 'stale':
      return stale(plan.reason);
    case 'unreadable':
      return err({ code: 'segmentUnreadable', segmentId: plan.segmentId });
  }
}

function stale(reason: Extract<Planned, { kind: 'stale' }>['reason']): Result<WritePlan> {
  return err({ code: 'stale', reason });
}
