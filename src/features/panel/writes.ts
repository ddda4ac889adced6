import { z } from 'zod';
import {
  PANEL_ACTS,
  type PanelAct,
  type Result,
  type AddInput,
  type MoveInput,
  type RemoveInput,
  type UndoInput,
  type WriteResult,
  ok,
  err,
} from '../../contract';
import { authorizeChange, type AuthorizedSubject } from '../../usecases/lookup';
import { operationIdSchema, parseInput } from '../../usecases/result';
import { executeWrite, requestOf, takenIdProblem, type WriteCommand } from '../../usecases/write';
import { byId } from '../../domain/segments';
import { panelViewOfResolved } from './open';
import { linkedMemberId } from './linked';
import type { PanelRequest } from './request';
import { historyEntryOf } from './view';

const id = z.int().positive();
const removeSchema: z.ZodType<RemoveInput> = z.object({
  operationId: operationIdSchema,
  memberId: id,
  fromSegmentId: id,
});
const moveSchema: z.ZodType<MoveInput> = z.object({
  operationId: operationIdSchema,
  memberId: id,
  fromSegmentId: id,
  toSegmentId: id,
});
const addSchema: z.ZodType<AddInput> = z.object({ operationId: operationIdSchema, memberId: id, toSegmentId: id });
const undoSchema: z.ZodType<UndoInput> = z.object({ operationId: operationIdSchema, undoes: z.uuid() });

/** Moves the reporter's member to another segment. */
export async function move(request: PanelRequest, payload: unknown): Promise<Result<WriteResult>> {
  const input = parseInput(moveSchema, payload);
  if (input.kind === 'problem') return input;
  const { operationId, memberId, fromSegmentId, toSegmentId } = input.value;
  const changeable = await authorizeChange(request.issueId, 'move', [operationId], PANEL_ACTS);
  if (changeable.kind === 'problem') return changeable;
  return write(request, changeable.value, {
    operationId,
    undoes: null,
    seenMemberId: memberId,
    intent: { kind: 'move', from: byId(fromSegmentId), to: byId(toSegmentId) },
  });
}

/** Removes the reporter's member from one segment. */
export async function remove(request: PanelRequest, payload: unknown): Promise<Result<WriteResult>> {
  const input = parseInput(removeSchema, payload);
  if (input.kind === 'problem') return input;
  const { operationId, memberId, fromSegmentId } = input.value;
  const changeable = await authorizeChange(request.issueId, 'remove', [operationId], PANEL_ACTS);
  if (changeable.kind === 'problem') return changeable;
  return write(request, changeable.value, {
    operationId,
    undoes: null,
    seenMemberId: memberId,
    intent: { kind: 'remove', from: byId(fromSegmentId) },
  });
}

/** Adds the reporter's member to one more segment; they stay in those that they are in. */
export async function add(request: PanelRequest, payload: unknown): Promise<Result<WriteResult>> {
  const input = parseInput(addSchema, payload);
  if (input.kind === 'problem') return input;
  const { operationId, memberId, toSegmentId } = input.value;
  const changeable = await authorizeChange(request.issueId, 'add', [operationId], PANEL_ACTS);
  if (changeable.kind === 'problem') return changeable;
  return write(request, changeable.value, {
    operationId,
    undoes: null,
    seenMemberId: memberId,
    intent: { kind: 'add', to: byId(toSegmentId) },
  });
}

/** Takes a confirmed move back, while the member is still where it was put. */
export async function undo(request: PanelRequest, payload: unknown): Promise<Result<WriteResult>> {
  const input = parseInput(undoSchema, payload);
  if (input.kind === 'problem') return input;
  const { operationId, undoes } = input.value;
  const changeable = await authorizeChange(request.issueId, 'move', [operationId, undoes], PANEL_ACTS);
  if (changeable.kind === 'problem') return changeable;
  const [, undone] = changeable.value.entries;
  if (undone === null || undone === undefined) return err({ code: 'undoRefused', reason: 'unknownWrite' });
  return write(request, changeable.value, {
    operationId,
    undoes,
    seenMemberId: null,
    intent: { kind: 'undo', undone },
  });
}

/** What the user decided on this page; `seenMemberId` is the member whom they saw, where they named one. */
type Decided = Pick<WriteCommand, 'operationId' | 'undoes' | 'intent'> & {
  readonly seenMemberId: number | null;
};

async function write(
  { viewerAccountId }: PanelRequest,
  changeable: AuthorizedSubject<PanelAct>,
  { seenMemberId, ...decided }: Decided,
): Promise<Result<WriteResult>> {
  const [asked] = changeable.entries;
  const from = { entryPoint: 'panel', actorAccountId: viewerAccountId } as const;
  // A second click finds the first one's id taken: that is told before anything about a changed segment is.
  if (asked !== null && asked !== undefined)
    return err(takenIdProblem(asked, requestOf({ ...decided, ...from, memberId: seenMemberId ?? undefined })));
  const memberId = linkedMemberId(changeable, seenMemberId);
  if (memberId.kind === 'problem') return memberId;
  const done = await executeWrite(changeable, { ...decided, ...from, memberId: memberId.value });
  if (done.kind === 'problem') return done;
  const { entry, retryAfterMs, linked } = done.value;
  return ok({
    entry: historyEntryOf(entry, linked.segments),
    retryAfterMs,
    view: panelViewOfResolved(viewerAccountId, linked, changeable.refusals),
  });
}
