import type { Segment } from './segments';
import { comparableName } from './text';

/**
 * What a segment is called in a text or a choice: its name, with the id wherever the name alone could mean another
 * segment: two of one name, a name that is another's id, or one that is blank.
 * @param segments every segment among which it has to be told apart
 */
export function labelOfSegment(segment: Segment, segments: readonly Segment[]): string {
  return segmentLabels(segments)(segment);
}

/** Segments under their labels: what a page gets to show and to choose from. */
export function labelledSegments<S extends Segment>(segments: readonly S[]): S[] {
  const labelOf = segmentLabels(segments);
  return segments.map((segment) => ({ ...segment, name: labelOf(segment) }));
}

/** {@link labelOfSegment} for many: a site may have ten thousand segments, and each of them is looked at once. */
export function segmentLabels(segments: readonly Segment[]): (segment: Segment) => string {
  const meanings = new Map<string, Set<number>>();
  const mean = (text: string, id: number): void => {
    meanings.set(text, (meanings.get(text) ?? new Set()).add(id));
  };
  for (const { id, name } of segments)
    for (const text of [comparableName(name), String(id), markedId(id)]) mean(text, id);
  return ({ id, name }) => {
    const shown = comparableName(name);
    if (shown === '') return markedId(id);
    const isUnclear = [...(meanings.get(shown) ?? [])].some((other) => other !== id);
    return isUnclear ? `${shown} (${markedId(id)})` : name;
  };
}

/** A segment's id as a text that can be no name: a rule keeps it so, and nobody can take its place by a name. */
export function markedId(id: number): string {
  return `#${id}`;
}
