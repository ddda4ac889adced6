import type { Segment } from './segments';
import { comparableName } from './text';

/**
 * What a segment is called in a text or a choice: its name, with the id wherever the name alone could mean another
 * segment: two of one name, a name that is another's id, or one that is blank.
 * @param segments every segment among which it has to be told apart
 */
export function labelOfSegment({ id, name }: Segment, segments: readonly Segment[]): string {
  const shown = comparableName(name);
  if (shown === '') return markedId(id);
  return isUnclear({ id, name }, segments) ? `${shown} (${markedId(id)})` : name;
}

/** Segments under their labels: what a page gets to show and to choose from. */
export function labelledSegments<S extends Segment>(segments: readonly S[]): S[] {
  return segments.map((segment) => ({ ...segment, name: labelOfSegment(segment, segments) }));
}

function isUnclear({ id, name }: Segment, segments: readonly Segment[]): boolean {
  const shown = comparableName(name);
  return segments.some(
    (other) =>
      other.id !== id &&
      (comparableName(other.name) === shown || shown === String(other.id) || shown === markedId(other.id)),
  );
}

/** A segment's id as a text that can be no name: a rule keeps it so, and nobody can take its place by a name. */
export function markedId(id: number): string {
  return `#${id}`;
}
