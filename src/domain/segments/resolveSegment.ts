import { comparableName, type Segment } from '../../contract';

/** Which segment a text means: one, none, or several that it could mean. */
export type ResolvedSegment =
  | { readonly kind: 'found'; readonly segment: Segment }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Segment[] };

/** A text that says of itself that it is an id: no name can take its place. */
const MARKED_ID = /^#(\d+)$/;

/**
 * The segment that a text means, for rules, agents, web requests and JQL alike: `#19` is the one with this id and
 * never a name; any other text is an id or an exact name. One that is the id of one segment and the name of another
 * means neither, as does a name that two segments have: whoever names a segment must not decide where someone else's
 * rule moves people. A blank text means nothing, also where a segment has a blank name.
 */
export function resolveSegment(segments: readonly Segment[], given: string): ResolvedSegment {
  const text = comparableName(given);
  if (text === '') return { kind: 'unknown' };
  const markedId = MARKED_ID.exec(text)?.[1];
  const candidates =
    markedId === undefined
      ? segments.filter(({ id, name }) => String(id) === text || comparableName(name) === text)
      : segments.filter(({ id }) => String(id) === markedId);
  const [only, ...others] = candidates;
  if (only === undefined) return { kind: 'unknown' };
  return others.length === 0 ? { kind: 'found', segment: only } : { kind: 'ambiguous', candidates };
}
