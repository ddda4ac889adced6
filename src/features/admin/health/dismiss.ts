import { z } from 'zod';
import { type DismissChangesInput, type DismissedChanges, type HealthView, type Result, ok } from '../../../contract';
import { invocationEndMs } from '../../../usecases/connection';
import { operationIdSchema, parseInput } from '../../../usecases/result';
import {
  dequeue,
  dismissChange as forgetFailed,
  eachQueuedChange,
  eachFailedChange,
  forgetNotedStrays,
  readQueuedChange,
  type QueuedChange,
} from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { healthView } from './view';

const requestId = z.string().regex(/^[\w.:-]{1,200}$/);
const oneSchema = z.object({ requestId });
const straysSchema = z.object({ operationId: operationIdSchema });
const manySchema: z.ZodType<DismissChangesInput> = z.discriminatedUnion('state', [
  z.object({ state: z.literal('queued'), apiClientId: z.string().min(1).max(64).nullable() }),
  z.object({ state: z.literal('failed'), failure: z.string().min(1).max(100).nullable() }),
]);
/** Time kept for the last change and for the view. */
const LAST_MS = 10_000;

/** Forgets a change that waits or was given up. */
export async function dismissChange(_request: AdminRequest, payload: unknown): Promise<Result<HealthView>> {
  const input = parseInput(oneSchema, payload);
  if (input.kind === 'problem') return input;
  const change = await readQueuedChange(input.value.requestId);
  if (change !== null) await forget(change);
  return ok(await healthView([input.value.requestId]));
}

/** Forgets that others were changed beside a write: somebody has looked. */
export async function dismissStrays(_request: AdminRequest, payload: unknown): Promise<Result<HealthView>> {
  const input = parseInput(straysSchema, payload);
  if (input.kind === 'problem') return input;
  await forgetNotedStrays(input.value.operationId);
  return ok(await healthView());
}

/** Forgets many of them, as far as time allows. What comes in meanwhile may be among them. */
export async function dismissChanges(_request: AdminRequest, payload: unknown): Promise<Result<DismissedChanges>> {
  const input = parseInput(manySchema, payload);
  if (input.kind === 'problem') return input;
  const endMs = invocationEndMs() - LAST_MS;
  const dismissed: string[] = [];
  let isAll = true;
  for await (const change of input.value.state === 'queued' ? eachQueuedChange() : eachFailedChange()) {
    if (!isMeant(change, input.value)) continue;
    if (Date.now() > endMs) {
      isAll = false;
      break;
    }
    if (await forget(change)) dismissed.push(change.requestId);
  }
  return ok({ view: await healthView(dismissed), dismissed: dismissed.length, isAll });
}

function isMeant(change: QueuedChange, input: DismissChangesInput): boolean {
  if (input.state === 'queued') return input.apiClientId === null || change.apiClientId === input.apiClientId;
  return input.failure === null || change.failure === input.failure;
}

/** Takes it out of the queue where it waits, and out of the list where it was given up; false when it was gone. */
async function forget(change: QueuedChange): Promise<boolean> {
  if (change.state === 'failed') return forgetFailed(change);
  await dequeue(change, null);
  return true;
}
