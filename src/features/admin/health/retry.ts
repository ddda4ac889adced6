import { z } from 'zod';
import { type Result, type HealthView, ok } from '../../../contract';
import { wake } from '../../../usecases/jobs';
import { operationIdOf, parseInput } from '../../../usecases/result';
import { readEntry, readQueuedChange, requeue, type QueuedChange } from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { healthView } from './view';

const inputSchema = z.object({ requestId: z.string().regex(/^[\w.:-]{1,200}$/) });

/**
 * Has a change that was given up tried once more. It is an attempt of its own, planned from what
 * Shorter Loop says then; what became of the earlier ones stands in the ledger.
 */
export async function retryChange(_request: AdminRequest, payload: unknown): Promise<Result<HealthView>> {
  const failed = await readFailed(payload);
  if (failed.kind === 'problem') return failed;
  const change = failed.value;
  if (change !== null) {
    // It gave its place up with its failure: it goes to the end of what waits for the same person.
    await requeue({
      ...change,
      failure: null,
      state: 'queued',
      // Every attempt leaves a row: by it a request that is sent again is known, however often it was tried.
      attempt: (await isUsed(change)) ? change.attempt + 1 : change.attempt,
      // It waits anew, for as long as others do.
      askedAtMs: Date.now(),
      notBeforeMs: Date.now(),
    });
    await wake();
  }
  return ok(await healthView(change === null ? [] : [change.requestId]));
}

/** The change that is meant; null when it was seen to already, or waits again. */
async function readFailed(payload: unknown): Promise<Result<QueuedChange | null>> {
  const input = parseInput(inputSchema, payload);
  if (input.kind === 'problem') return input;
  const change = await readQueuedChange(input.value.requestId);
  return ok(change?.state === 'failed' ? change : null);
}

/** Whether something was recorded under the last attempt's id; what was refused before that was none. */
async function isUsed({ requestId, attempt }: QueuedChange): Promise<boolean> {
  return (await readEntry(operationIdOf(requestId, attempt))) !== null;
}
