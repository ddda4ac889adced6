import { z } from 'zod';
import { QUEUE_STATES, type Result, type QueuePage, ok } from '../../../contract';
import { parseInput } from '../../../usecases/result';
import { readScan, reportersIn } from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { accountIdSchema } from './lookup';

const PAGE = 50;
const queueSchema = z.object({ state: z.enum(QUEUE_STATES), after: accountIdSchema.nullable() });

/** The reporters of the last count who are in a state that somebody has to decide. */
export async function peopleQueue(_request: AdminRequest, payload: unknown): Promise<Result<QueuePage>> {
  const input = parseInput(queueSchema, payload);
  if (input.kind === 'problem') return input;
  const scan = await readScan();
  if (scan === null) return ok({ accountIds: [], next: null });
  const { state, after } = input.value;
  return ok(await reportersIn(scan.scanId, state, after, PAGE));
}
