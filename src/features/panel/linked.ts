import { ok, err, type Result } from '../../contract';
import { type Subject } from '../../usecases/lookup';

/** The id of the member whom the reporter is linked to: the very one that the user saw, where they named one. */
export function linkedMemberId({ link }: Subject, seenMemberId: number | null): Result<number> {
  if (link.state !== 'linked') return err({ code: 'notLinked' });
  if (seenMemberId !== null && link.memberId !== seenMemberId) return err({ code: 'stale', reason: 'linkChanged' });
  return ok(link.memberId);
}
