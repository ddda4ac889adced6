import { z } from 'zod';
import { RETENTION_DAYS, type Result, type Retention, ok } from '../../../contract';
import { parseInput } from '../../../usecases/result';
import { readRetention, writeRetention } from '../../../adapters/store';
import type { AdminRequest } from '../request';

const retentionSchema: z.ZodType<Retention> = z.object({
  days: z.int().min(RETENTION_DAYS.least).max(RETENTION_DAYS.most),
});

/** How long the ledger is kept. */
export async function retention(): Promise<Result<Retention>> {
  return ok(await readRetention());
}

/**
 * Stores how long the ledger is kept. What is older goes with the next daily clearing, unless its outcome is still
 * open.
 */
export async function saveRetention(_request: AdminRequest, payload: unknown): Promise<Result<Retention>> {
  const input = parseInput(retentionSchema, payload);
  if (input.kind === 'problem') return input;
  await writeRetention(input.value);
  return ok(input.value);
}
