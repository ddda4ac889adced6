import { ANY_SOURCE, type Segment } from '../../contract';
import { type AffectedSegments, type LinkedReporter } from '../../usecases/lookup';
import { ok, problem, type Step } from '../../usecases/result';
import { planOf, type WriteCommand } from '../../usecases/write';
import { planAdd } from '../../domain/segments';

/** What a rule wants, segments as the rule has them: ids as text, exact names, or {@link ANY_SOURCE}. */
export type WriteIntent =
  | { readonly kind: 'move'; readonly source: string; readonly target: string }
  | { readonly kind: 'remove'; readonly source: string; readonly target: null }
  | { readonly kind: 'add'; readonly source: null; readonly target: string };

/** The plan of what a rule wants, made from the segments as they are read under the member's lease. */
export function planIntent(intent: WriteIntent): WriteCommand['plan'] {
  switch (intent.kind) {
    case 'move':
      return (linked) => {
        const to = findSegment(linked.segments, 'target', intent.target);
        if (to.kind === 'problem') return to;
        // Said before anything about the source: who is in the target needs no move, wherever else they are.
        if (linked.match.member.segmentIds.includes(to.value.id))
          return problem({ code: 'stale', reason: 'alreadyInTarget' });
        const from = sourceOf(linked, intent.source);
        return from.kind === 'problem'
          ? from
          : planOf({ ...memberOf(linked), fromSegmentId: from.value, toSegmentId: to.value.id })(linked);
      };
    case 'remove':
      return (linked) => {
        const from = findSegment(linked.segments, 'source', intent.source);
        return from.kind === 'problem'
          ? from
          : planOf({ ...memberOf(linked), fromSegmentId: from.value.id, toSegmentId: null })(linked);
      };
    case 'add':
      return (linked) => {
        if (!linked.connected.settings.canAdd) return problem({ code: 'addingOff' });
        const to = findSegment(linked.segments, 'target', intent.target);
        if (to.kind === 'problem') return to;
        const planned = planAdd(linked.segments, { ...memberOf(linked), toSegmentId: to.value.id });
        return planned.kind === 'plan' ? ok(planned.plan) : problem({ code: 'stale', reason: planned.reason });
      };
  }
}

/**
 * Which segments a rule is about. For {@link ANY_SOURCE} these are the segments in which the directory has the
 * member.
 */
export function affectedSegmentsOf({ source, target }: WriteIntent): AffectedSegments {
  return (segments, memberSegmentIds) => {
    const named = [source, target].flatMap((text) => (text === null || isAny(text) ? [] : idsMeant(segments, text)));
    return source !== null && isAny(source) ? [...named, ...memberSegmentIds] : named;
  };
}

function idsMeant(segments: readonly Segment[], text: string): number[] {
  const found = findSegment(segments, 'source', text);
  return found.kind === 'ok' ? [found.value.id] : [];
}

function isAny(source: string): boolean {
  return source.trim().toLowerCase() === ANY_SOURCE;
}

/**
 * The segment that a rule means: by id when the text is a whole number, otherwise by its very name,
 * blanks around it aside. A name that two segments have means neither.
 */
export function findSegment(segments: readonly Segment[], which: 'source' | 'target', given: string): Step<Segment> {
  const text = given.trim();
  const found = segments.filter(({ id, name }) => (/^\d+$/.test(text) ? String(id) === text : name.trim() === text));
  const [only] = found;
  return only !== undefined && found.length === 1 ? ok(only) : problem({ code: 'segmentUnknown', which, given: text });
}

function sourceOf({ segments, match }: LinkedReporter, given: string): Step<number> {
  if (!isAny(given)) {
    const from = findSegment(segments, 'source', given);
    return from.kind === 'problem' ? from : ok(from.value.id);
  }
  const { segmentIds } = match.member;
  const [only] = segmentIds;
  // Out of several, the app does not choose: nobody is moved by mistake.
  return only !== undefined && segmentIds.length === 1
    ? ok(only)
    : problem({ code: 'sourceUnclear', segments: segmentIds.length });
}

function memberOf({ match }: LinkedReporter): { readonly memberId: number } {
  return { memberId: match.member.id };
}
