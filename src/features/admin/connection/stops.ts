import { z } from 'zod';
import { WRITE_KINDS, ok, type ChangedMember, type Result, type WriteStop } from '../../../contract';
import { openConnection } from '../../../usecases/connection';
import { operationIdSchema, parseInput } from '../../../usecases/result';
import { clearStops } from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { readChanged } from './changed';

const kindSchema = z.object({ kind: z.enum(WRITE_KINDS) });
/** Whose people are to be looked at: the write beside which they were changed. */
export const changeSchema = z.object({ operationId: operationIdSchema });

/**
 * Lets a kind of write be made again. Nothing says yet that it does only what it should: so its proof goes with the
 * stop, and the test with a test person comes first. Throws ForgeKvsError when storage fails.
 */
export async function resumeWrites(_request: AdminRequest, payload: unknown): Promise<Result<readonly WriteStop[]>> {
  const input = parseInput(kindSchema, payload);
  if (input.kind === 'problem') return input;
  return ok(await clearStops(input.value.kind));
}

/** Who was changed beside a write, with names, and who of them is back. Reads, and writes nothing. */
export async function changedMembers(
  _request: AdminRequest,
  payload: unknown,
): Promise<Result<readonly ChangedMember[]>> {
  const input = parseInput(changeSchema, payload);
  if (input.kind === 'problem') return input;
  const connected = await openConnection();
  if (connected.kind === 'problem') return connected;
  const changed = await readChanged(connected.value, input.value.operationId);
  if (changed.kind === 'problem') return changed;
  return ok(changed.value.members);
}
