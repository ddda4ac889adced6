import { comparableName, markedId, type Segment } from '../../contract';

/** Which segment a text means: one, none, or several that it could mean. */
export type ResolvedSegment =
  | { readonly kind: 'found'; readonly segment: Segment }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Segment[] };

/** A text that says of itself that it is an id: no name can take its place. */
const MARKED_ID = /^#(\d+)$/;
/** What a segment is shown as where its name alone could mean another one. */
const LABEL = /^(.+) \(#(\d+)\)$/s;
/** Quotes around a name, as word processors or authors of rules put them, of which JQL and JSON know nothing. */
const QUOTED = /^(?:[“„«‘](.+)[“”»’]|(["'`])(.+)\2)$/s;

/**
 * The segment that a text means, for rules, agents, web requests and JQL alike: `#19` is the one with this id and
 * never a name; any other text is an id, an exact name, or a name with the id as it is shown. One that is the id of one
 * segment and the name of another means neither, as does a name that two segments have: whoever names a segment must
 * not decide where someone else's rule moves people. A blank text means nothing, also where a segment has a blank name.
 */
export function resolveSegment(segments: readonly Segment[], given: string): ResolvedSegment {
  const text = comparableName(given);
  if (text === '') return { kind: 'unknown' };
  const marked = MARKED_ID.exec(text)?.[1];
  const [, typographic, , plain] = QUOTED.exec(text) ?? [];
  const meanings = [...new Set([text, (typographic ?? plain ?? text).trim()])].map(meaning);
  const candidates =
    marked === undefined
      ? segments.filter((segment) => meanings.some((isMeant) => isMeant(segment)))
      : segments.filter(({ id }) => String(id) === marked);
  const [only, ...others] = candidates;
  if (only === undefined) return { kind: 'unknown' };
  return others.length === 0 ? { kind: 'found', segment: only } : { kind: 'ambiguous', candidates };
}

/**
 * A text of somebody who has to wait, with what it means now: its segment's name with the id, so that it means no other
 * one that is called so by then, and none once that segment is called otherwise. An id stays one. A text that means no
 * one segment stays as it is.
 */
export function fixedText(segments: readonly Segment[], given: string): string {
  const text = comparableName(given);
  const found = resolveSegment(segments, text);
  if (found.kind !== 'found' || MARKED_ID.test(text)) return given;
  const { id, name } = found.segment;
  return text === String(id) ? markedId(id) : `${comparableName(name)} (${markedId(id)})`;
}

function meaning(text: string): (segment: Segment) => boolean {
  const [, labelled, labelledId] = LABEL.exec(text) ?? [];
  return ({ id, name }) => {
    const own = comparableName(name);
    return String(id) === text || own === text || (String(id) === labelledId && own === labelled);
  };
}
