import { MAX_FIELD_SEGMENTS, segmentLabels, type Segment } from '../../contract';

/** Which of a member's segments a field shows, as the texts that stand in it. */
export type ShownSegments = (segmentIds: readonly number[]) => readonly string[];

/**
 * What the field shows of anybody: the labels of the chosen segments that they are in, in one order for everybody, so
 * that equal memberships are equal values. A segment that is there no longer is left out.
 * @param segments every segment of the site, among which labels tell them apart
 * @param chosen the ids of the segments that an admin chose to show
 */
export function shownSegments(segments: readonly Segment[], chosen: readonly number[]): ShownSegments {
  const labelOf = segmentLabels(segments);
  const wanted = new Set(chosen);
  const labels = new Map(segments.filter(({ id }) => wanted.has(id)).map((one) => [one.id, labelOf(one)]));
  return (segmentIds) => {
    const shown = segmentIds.flatMap((id) => labels.get(id) ?? []);
    return [...new Set(shown)].sort(byCodeUnits).slice(0, MAX_FIELD_SEGMENTS);
  };
}

/** Whether a field has exactly these values, in whatever order Jira tells them. */
export function hasValues(stored: readonly string[], wanted: readonly string[]): boolean {
  const values = new Set(stored);
  return values.size === wanted.length && wanted.every((one) => values.has(one));
}

function byCodeUnits(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
