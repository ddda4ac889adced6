import type { Outcome, OutcomeReason } from '../../contract';
import type { WritePlan } from './plan';

/**
 * What the request's own answer claims:
 * `yes` success for exactly the members sent; `unclear` an answer that proves nothing;
 * `silent` no answer, or one of a server in trouble: the write may still be applied later;
 * `no` a refusal that may still have been applied in part; `never` a refusal before anything was applied;
 * `notSent` no request at all reached Shorter Loop.
 */
export type ResponseClaim = 'yes' | 'unclear' | 'silent' | 'no' | 'never' | 'notSent';

/** The ids of a segment's members after the write: empty when the segment is gone, null when it could not be read. */
export type ReadBackSide = ReadonlySet<number> | null;

/** Both sides of a write after it; a side that the write does not have is not looked at. */
export type ReadBack = { readonly from: ReadBackSide; readonly to: ReadBackSide };

/** What we know of one member of a write. */
export type MemberOutcome = { readonly memberId: number; readonly outcome: Outcome; readonly reason: OutcomeReason };

/**
 * Decides what is known of each member. Only a read-back can confirm; the answer's own claim never does.
 * @param readBack null when nothing was read back, which is right only after a claim of `never` or `notSent`
 */
export function decideOutcome(plan: WritePlan, claim: ResponseClaim, readBack: ReadBack | null): MemberOutcome[] {
  return plan.memberIds.map((memberId) => ({ memberId, ...decideOne(plan, claim, readBack, memberId) }));
}

/** Whether every member of a write is where it should have put them, by what a read-back showed. */
export function isConfirmed({
  members,
}: {
  readonly members: readonly { readonly outcome: Outcome | null }[];
}): boolean {
  return members.every(({ outcome }) => outcome === 'confirmed');
}

/**
 * Whether what is known of one member is final. What a reading confirms is, and a refusal before anything was applied.
 * A reading that contradicts what was sent is not: Shorter Loop may show later what it has accepted, and may still
 * carry out what it did not answer; and one that says no in an answer of success may have done it all the same. Then
 * the write is read back once more, later.
 * @param isRestSettled what {@link settlesRest} says of the whole write
 */
export function isFinal(
  { outcome }: Pick<MemberOutcome, 'outcome'>,
  claim: ResponseClaim,
  isRestSettled: boolean,
): boolean {
  switch (outcome) {
    case 'confirmed':
      return true;
    case 'refused':
      return claim !== 'no';
    case 'notConfirmed':
      return isRestSettled;
    case 'unknown':
      return false;
  }
}

/**
 * Whether the answer itself says that fewer were done than were asked for, and exactly so many are seen where they
 * should be: then nothing more is to come for the others.
 * @param count how many the answer says were done; null where it does not say
 */
export function settlesRest(count: number | null, outcomes: readonly MemberOutcome[]): boolean {
  if (count === null || count <= 0 || count >= outcomes.length) return false;
  return outcomes.filter(({ outcome }) => outcome === 'confirmed').length === count;
}

function decideOne(
  plan: WritePlan,
  claim: ResponseClaim,
  readBack: ReadBack | null,
  memberId: number,
): Omit<MemberOutcome, 'memberId'> {
  if (claim === 'never') return { outcome: 'refused', reason: 'saidNo' };
  if (claim === 'notSent') return { outcome: 'refused', reason: 'notSent' };
  const where = whereIs(plan, readBack, memberId);
  switch (where) {
    case 'notReadable':
      return { outcome: 'unknown', reason: 'notReadable' };
    case 'readBackAgrees':
      return { outcome: 'confirmed', reason: where };
    case 'unchanged':
      return claim === 'no' ? { outcome: 'refused', reason: 'saidNo' } : { outcome: 'notConfirmed', reason: where };
    case 'inBoth':
    case 'inNeither':
      return { outcome: 'notConfirmed', reason: where };
  }
}

function whereIs(
  { kind }: WritePlan,
  readBack: ReadBack | null,
  memberId: number,
): Exclude<OutcomeReason, 'saidNo' | 'notSent'> {
  const inSource = readBack?.from?.has(memberId);
  const inTarget = readBack?.to?.has(memberId);
  if (kind === 'remove') return inSource === undefined ? 'notReadable' : inSource ? 'unchanged' : 'readBackAgrees';
  if (kind === 'add') return inTarget === undefined ? 'notReadable' : inTarget ? 'readBackAgrees' : 'unchanged';
  if (inSource === undefined || inTarget === undefined) return 'notReadable';
  if (inTarget) return inSource ? 'inBoth' : 'readBackAgrees';
  return inSource ? 'unchanged' : 'inNeither';
}
