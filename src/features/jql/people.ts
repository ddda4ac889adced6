import { ok, err, type Result } from '../../contract';
import { openConnection } from '../../usecases/connection';
import { shorterLoopProblem } from '../../usecases/result';
import { linkedAccounts } from '../../adapters/store';
import type { SegmentWithMembers } from '../../adapters/shorterloop';

/** The people of a segment, null when there is no segment of this id or very name. */
export type PeopleOf = (segment: string) => Promise<Result<readonly string[] | null>>;

/**
 * Reads who is in which segment, for one invocation: the list of segments once, and each segment that
 * is asked for once. People are known by their links, so that a member who was never linked is not found.
 */
export async function readPeople(): Promise<Result<PeopleOf>> {
  const connected = await openConnection();
  if (connected.kind === 'problem') return connected;
  const { client, rateLimiter } = connected.value;
  const admitted = await rateLimiter.reserve(1);
  if (admitted.kind === 'problem') return admitted;
  const list = await client.listSegments();
  if (list.kind === 'problem') return err(shorterLoopProblem(list.problem));
  const read = new Map<number, Result<readonly string[]>>();
  const readAccounts = async (segmentId: number): Promise<Result<readonly string[]>> => {
    const held = await rateLimiter.reserve(1);
    return held.kind === 'problem' ? held : accountsIn(await client.segmentWithMembers(segmentId));
  };
  return ok(async (segment) => {
    const named = list.value.filter(({ id, name }) => name.trim() === segment.trim() || String(id) === segment.trim());
    const [only] = named;
    if (only === undefined || named.length > 1) return ok(null);
    const known = read.get(only.id) ?? (await readAccounts(only.id));
    read.set(only.id, known);
    return known;
  });
}

type Read =
  | { readonly kind: 'ok'; readonly value: SegmentWithMembers }
  | { readonly kind: 'problem'; readonly problem: Parameters<typeof shorterLoopProblem>[0] };

async function accountsIn(read: Read): Promise<Result<readonly string[]>> {
  if (read.kind === 'problem') return err(shorterLoopProblem(read.problem));
  return ok(await linkedAccounts(read.value.members.map(({ id }) => id)));
}
