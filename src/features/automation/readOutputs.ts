import { fittingSegments, type Match } from '../../contract';

/** The outputs of `get-reporter-segments`; see manifest.yml. */
export type ReadOutputs = {
  readonly found: boolean;
  readonly reason: Match['state'];
  readonly memberId: number | null;
  readonly segmentNames: string;
  readonly segmentIds: string;
  readonly count: number;
};

/**
 * What a rule is told of a reporter's segments. Of a great many with long names it gets the beginnings: an answer that
 * is too large would reach no rule.
 */
export function readOutputs(
  match: Match,
  segments: readonly { readonly id: number; readonly name: string }[],
): ReadOutputs {
  const found = match.state === 'linked';
  const ids = found ? match.member.segmentIds : [];
  const own = new Set(ids);
  const names = fittingSegments(segments.filter(({ id }) => own.has(id))).map(({ name }) => name);
  return {
    found,
    reason: match.state,
    memberId: found ? match.member.id : null,
    segmentNames: names.join(', '),
    segmentIds: ids.join(','),
    count: ids.length,
  };
}
