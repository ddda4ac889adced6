import type { TestBaseline } from './compare';

/** Ids in so few characters that those of a large site fit into one row: each as the step from the one before. */
function encodeIds(ids: Iterable<number>): string {
  const sorted = [...ids].sort((one, other) => one - other);
  return sorted.map((id, place) => (id - (sorted[place - 1] ?? 0)).toString(36)).join(' ');
}

/** The ids of {@link encodeIds}. */
function decodeIds(text: string): Set<number> {
  const ids = new Set<number>();
  let last = 0;
  for (const step of text === '' ? [] : text.split(' ')) {
    last += Number.parseInt(step, 36);
    ids.add(last);
  }
  return ids;
}

/** A baseline as it is stored. */
export type EncodedBaseline = {
  readonly memberId: number;
  readonly seen: string;
  readonly memberOf: string;
  readonly others: readonly { readonly segmentId: number; readonly ids: string }[];
};

/**
 * A baseline as text of at most so many characters. Where all segments are too many, the others of `ends` alone are
 * kept; where those are too many as well there is no baseline, and nothing can be compared later.
 */
export function encodeBaseline(
  { memberId, seen, memberOf, others }: TestBaseline,
  ends: readonly number[],
  maximum: number,
): EncodedBaseline | null {
  const all = [...others].map(([segmentId, ids]) => ({ segmentId, ids: encodeIds(ids) }));
  for (const kept of [all, all.filter(({ segmentId }) => ends.includes(segmentId))]) {
    const encoded = { memberId, seen: encodeIds(seen), memberOf: encodeIds(memberOf), others: kept };
    if (JSON.stringify(encoded).length <= maximum) return encoded;
  }
  return null;
}

/** The baseline of {@link encodeBaseline}. */
export function decodeBaseline({ memberId, seen, memberOf, others }: EncodedBaseline): TestBaseline {
  return {
    memberId,
    seen: decodeIds(seen),
    memberOf: decodeIds(memberOf),
    others: new Map(others.map(({ segmentId, ids }) => [segmentId, decodeIds(ids)])),
  };
}
