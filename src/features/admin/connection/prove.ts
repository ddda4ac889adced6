import { z } from 'zod';
import {
  PROVING_LIMIT,
  type Result,
  type LedgerEntry,
  type ProveMoveInput,
  type ProvingGround,
  ok,
  err,
} from '../../../contract';
import { connect, openConnection } from '../../../usecases/connection';
import { readSegments } from '../../../usecases/lookup';
import { parseInput } from '../../../usecases/result';
import { byId, isConfirmed, readableSegments } from '../../../domain/segments';
import { writeMember } from '../../../usecases/write';
import { readEntry, readKey, readTokenBucket, readSettings, recordProof } from '../../../adapters/store';
import type { AdminRequest } from '../request';

const id = z.int().positive();
const groundSchema = z.object({ segmentId: id.nullable() });
const proveSchema: z.ZodType<ProveMoveInput> = z.object({
  operationId: z.uuid(),
  undoes: z.uuid().nullable(),
  memberId: id,
  fromSegmentId: id,
  toSegmentId: id,
});

/** The segments, and of one of them the members, from which an admin picks who is moved and back. */
export async function provingGround(_request: AdminRequest, payload: unknown): Promise<Result<ProvingGround>> {
  const input = parseInput(groundSchema, payload);
  if (input.kind === 'problem') return input;
  const connected = await openConnection();
  if (connected.kind === 'problem') return connected;
  const read = await readSegments(connected.value, 'look');
  if (read.kind === 'problem') return read;
  const chosen = read.value.find((segment) => segment.id === input.value.segmentId);
  const members = (chosen?.members ?? []).slice(0, PROVING_LIMIT).map((member) => ({
    id: member.id,
    name: member.name,
    segmentIds: read.value
      .filter((segment) => segment.members.some((other) => other.id === member.id))
      .map((segment) => segment.id),
  }));
  return ok({
    segments: readableSegments(read.value).map((segment) => ({
      id: segment.id,
      name: segment.name,
      members: segment.members.length,
    })),
    members,
  });
}

/**
 * Moves a member to prove that moving works, through the same flow and ledger as every move. Proven is
 * what was moved there and back: the second move names the first by `undoes`.
 */
export async function proveMove({ adminAccountId }: AdminRequest, payload: unknown): Promise<Result<LedgerEntry>> {
  const input = parseInput(proveSchema, payload);
  if (input.kind === 'problem') return input;
  const { operationId, undoes, ...wanted } = input.value;
  const [settings, key, tokenBucket, first] = await Promise.all([
    readSettings(),
    readKey(),
    readTokenBucket(),
    undoes === null ? null : readEntry(undoes),
  ]);
  const connected = connect(settings, key, tokenBucket);
  if (connected.kind === 'problem') return connected;
  if (undoes !== null && !isOwnMove(first, adminAccountId, wanted))
    return err({ code: 'undoRefused', reason: 'unknownWrite' });
  const written = await writeMember(connected.value, {
    operationId,
    undoes,
    entryPoint: 'admin',
    actorAccountId: adminAccountId,
    memberId: wanted.memberId,
    intent: { kind: 'move', from: byId(wanted.fromSegmentId), to: byId(wanted.toSegmentId) },
  });
  if (written.kind === 'problem') return written;
  if (undoes !== null && settings !== null && first !== null && isConfirmed(first) && isConfirmed(written.value))
    await recordProof(settings, 'move', Date.now());
  return written;
}

/** Whether an entry is the move that `wanted` takes back, made here by the same admin. */
function isOwnMove(
  entry: LedgerEntry | null,
  adminAccountId: string,
  wanted: Omit<ProveMoveInput, 'operationId' | 'undoes'>,
): boolean {
  return (
    entry !== null &&
    entry.entryPoint === 'admin' &&
    entry.kind === 'move' &&
    entry.actorAccountId === adminAccountId &&
    entry.from.id === wanted.toSegmentId &&
    entry.to.id === wanted.fromSegmentId &&
    entry.members.some(({ memberId }) => memberId === wanted.memberId)
  );
}
