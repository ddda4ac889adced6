import { type Subject } from '../../usecases/lookup';
import { ok, problem, type Step } from '../../usecases/result';

/** The id of the member whom the reporter is linked to: the very one that the user saw, where they named one. */
export function linkedMemberId({ link }: Subject, seenMemberId: number | null): Step<number> {
  if (link.state !== 'linked') return problem({ code: 'notLinked' });
  if (seenMemberId !== null && link.memberId !== seenMemberId) return problem({ code: 'stale', reason: 'linkChanged' });
  return ok(link.memberId);
}
