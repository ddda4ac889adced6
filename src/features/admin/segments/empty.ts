import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Result, type EmptyResult, ok, err } from '../../../contract';
import { openConnection, requireProven } from '../../../usecases/connection';
import { parseInput, shorterLoopProblem } from '../../../usecases/result';
import { performBatch, type BatchMember } from '../../../usecases/write';
import { isConfirmed } from '../../../domain/segments';
import type { AdminRequest } from '../request';

/** So many that one step ends well within the time of an invocation. */
const AT_ONCE = 100;
const schema = z.object({ segmentId: z.int().positive() });

/**
 * Takes members out of a segment that is to be deleted, as every removal is made: under their leases, with
 * a row in the ledger for each, and read back. The page asks again until nobody is left.
 */
export async function emptySegment({ adminAccountId }: AdminRequest, payload: unknown): Promise<Result<EmptyResult>> {
  const input = parseInput(schema, payload);
  if (input.kind === 'problem') return input;
  const connected = await openConnection();
  if (connected.kind === 'problem') return connected;
  const writable = requireProven(connected.value, 'remove');
  if (writable.kind === 'problem') return writable;
  const read = await writable.value.client.segmentWithMembers(input.value.segmentId);
  if (read.kind === 'problem') return err(shorterLoopProblem(read.problem));
  if (read.value.unreadable !== undefined) return err({ code: 'segmentUnreadable', segmentId: read.value.id });
  const { id, name, members } = read.value;
  if (members.length === 0) return ok({ removed: 0, failed: 0, left: 0 });
  const leaving = members.slice(0, AT_ONCE).map((member): BatchMember => ({
    memberId: member.id,
    operationId: randomUUID(),
    reporterAccountId: null,
    issueId: null,
    issueKey: null,
    undoes: null,
  }));
  const done = await performBatch(writable.value, {
    ends: { kind: 'remove', from: { id, name }, to: null },
    members: leaving,
    entryPoint: 'admin',
    actorAccountId: adminAccountId,
    runId: null,
  });
  if (done.kind === 'problem') return done;
  const results = [...done.value.results.values()];
  const removed = results.filter((result) => result.kind === 'written' && isConfirmed(result.entry)).length;
  return ok({ removed, failed: leaving.length - removed, left: members.length - removed });
}
