import type { AnswerClaim, BulkResult, ReportPoint, RunBrake } from '../../contract';

/** So many people in a row with whom the very same thing went wrong make a run rest. */
export const BRAKE_AFTER = 5;

/** What a write about somebody of a run came to, once that is decided. */
export type DecidedResult = {
  readonly at: ReportPoint;
  readonly result: BulkResult;
  readonly reason: string | null;
  readonly claim: AnswerClaim;
};

/** The people with whom the very same thing went wrong last, one after the other, and what that was. */
export type Streak = Omit<RunBrake, 'people'> & { readonly places: readonly ReportPoint[] };

/**
 * The streak after another write was decided. A confirmed one ends it, and another result begins a new one; somebody
 * who is in it already is not counted again.
 */
export function withDecided(streak: Streak | null, { at, result, reason, claim }: DecidedResult): Streak | null {
  if (result === 'confirmed') return null;
  const isSame = streak?.result === result && streak.reason === reason && streak.claim === claim;
  if (streak === null || !isSame) return { result, reason, claim, places: [at] };
  const isCounted = streak.places.some(({ group, place }) => group === at.group && place === at.place);
  return isCounted || streak.places.length >= BRAKE_AFTER ? streak : { ...streak, places: [...streak.places, at] };
}

/** What makes the run rest; null while too few went wrong in the same way. */
export function brakeOf(streak: Streak | null): RunBrake | null {
  if (streak === null || streak.places.length < BRAKE_AFTER) return null;
  const { result, reason, claim, places } = streak;
  return { result, reason, claim, people: places.length };
}
