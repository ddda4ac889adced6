import type { Segment } from './segments';
import { comparableName, nameAsSeen } from './text';

/**
 * What a segment is called in a text or a choice: its name, with the id wherever the name alone could mean another
 * segment: two of one name or of names that look the same, a name that is another's id or could be another's label, or
 * one that is blank.
 * @param segments every segment among which it has to be told apart
 */
export function labelOfSegment(segment: Segment, segments: readonly Segment[]): string {
  return segmentLabels(segments)(segment);
}

/**
 * Segments under their labels: what a page gets to show and to choose from. No list is longer than an answer may be.
 */
export function labelledSegments<S extends Segment>(segments: readonly S[]): S[] {
  const labelOf = segmentLabels(segments);
  return fittingSegments(segments.map((segment) => ({ ...segment, name: labelOf(segment) })));
}

/** What the names of a list may have together, in bytes: an answer to a page has 5 MB at most (documented). */
const MOST_LIST_BYTES = 2_000_000;

/**
 * Segments with their names as they are; where ten thousand of them have long names, with the beginnings of these, so
 * that all can be told at once.
 */
export function fittingSegments<S extends Segment>(segments: readonly S[]): S[] {
  const bytes = segments.reduce((sum, { name }) => sum + bytesOf(name), 0);
  if (bytes <= MOST_LIST_BYTES) return [...segments];
  const share = Math.floor(MOST_LIST_BYTES / segments.length);
  return segments.map((segment) => ({ ...segment, name: shortenedName(segment, share) }));
}

/**
 * A segment's name of so many bytes at most; where it is longer, its beginning with the id, so that none is taken for
 * another.
 */
export function shortenedName({ id, name }: Segment, mostBytes: number): string {
  if (bytesOf(name) <= mostBytes) return name;
  const mark = `… (${markedId(id)})`;
  let left = mostBytes - bytesOf(mark);
  let shown = '';
  for (const character of name) {
    left -= bytesOf(character);
    if (left < 0) break;
    shown += character;
  }
  return shown === '' ? markedId(id) : shown + mark;
}

/** How long a text is in JSON, as UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes += character === '"' || character === '\\' ? 2 : 1;
    else if (code < 0x800) bytes += 2;
    else bytes += code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const A_LABEL = /\(#\d+\)$/;

/** {@link labelOfSegment} for many: a site may have ten thousand segments, and each of them is looked at once. */
export function segmentLabels(segments: readonly Segment[]): (segment: Segment) => string {
  const meanings = new Map<string, Set<number>>();
  const mean = (text: string, id: number): void => {
    meanings.set(text, (meanings.get(text) ?? new Set()).add(id));
  };
  for (const { id, name } of segments) for (const text of [nameAsSeen(name), String(id), markedId(id)]) mean(text, id);
  return ({ id, name }) => {
    const shown = comparableName(name);
    if (shown === '') return markedId(id);
    // A name may be written as the label of another, which that one has wherever it needs one.
    const isUnclear = A_LABEL.test(shown) || [...(meanings.get(nameAsSeen(shown)) ?? [])].some((other) => other !== id);
    return isUnclear ? `${shown} (${markedId(id)})` : name;
  };
}

/** A segment's id as a text that can be no name: a rule keeps it so, and nobody can take its place by a name. */
export function markedId(id: number): string {
  return `#${id}`;
}
