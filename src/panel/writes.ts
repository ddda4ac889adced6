import { z } from 'zod';
import { HISTORY_LIMIT, type Answer, type MoveInput, type RemoveInput, type UndoInput, type WriteResult } from '../contract';
import { ok, parseInput, performWrite, problem, type Step } from '../flow';
import { memberById } from '../people';
import { planUndo, planWrite, withReadBack, type WriteRequest } from '../segments';
import { readEntry, recentEntries } from '../store';
import { viewOfKnown } from './open';
import type { PanelRequest } from './request';
import { readWritableMember, type LinkedReporter } from './writable';

const id = z.int().positive();
const removeSchema: z.ZodType<RemoveInput> = z.object({ operationId: z.uuid(), memberId: id, fromSegmentId: id });
const moveSchema: z.ZodType<MoveInput> = z.object({ operationId: z.uuid(), memberId: id, fromSegmentId: id, toSegmentId: id });
const undoSchema: z.ZodType<UndoInput> = z.object({ operationId: z.uuid(), undoes: z.uuid() });

/** Moves the reporter's member to another segment. */
export async function move(request: PanelRequest, payload: unknown): Promise<Answer<WriteResult>> {
  const input = parseInput(moveSchema, payload);
  if (input.kind === 'problem') return input;
  const linked = await readWritableMember(request, input.value.memberId);
  if (linked.kind === 'problem') return linked;
  return write(request, linked.value, input.value, { operationId: input.value.operationId, undoes: null });
}

/** Removes the reporter's member from one segment. */
export async function remove(request: PanelRequest, payload: unknown): Promise<Answer<WriteResult>> {
  const input = parseInput(removeSchema, payload);
  if (input.kind === 'problem') return input;
  const linked = await readWritableMember(request, input.value.memberId);
  if (linked.kind === 'problem') return linked;
  const { operationId, memberId, fromSegmentId } = input.value;
  return write(request, linked.value, { memberId, fromSegmentId, toSegmentId: null }, { operationId, undoes: null });
}

/** Takes a confirmed move back, while the member is still where it was put. */
export async function undo(request: PanelRequest, payload: unknown): Promise<Answer<WriteResult>> {
  const input = parseInput(undoSchema, payload);
  if (input.kind === 'problem') return input;
  const linked = await readWritableMember(request, null);
  if (linked.kind === 'problem') return linked;
  const back = await planUndoOf(input.value.undoes, linked.value);
  if (back.kind === 'problem') return back;
  return write(request, linked.value, back.value, input.value);
}

async function planUndoOf(operationId: string, linked: LinkedReporter): Promise<Step<WriteRequest>> {
  const entry = await readEntry(operationId);
  if (entry === null) return problem({ code: 'undoRefused', reason: 'unknownWrite' });
  const { reporter, match, segments, history } = linked;
  const plan = planUndo(entry, { reporterAccountId: reporter.accountId, memberId: match.member.id, segments, history });
  return plan.kind === 'request' ? ok(plan.request) : problem({ code: 'undoRefused', reason: plan.reason });
}

async function write(
  { viewerAccountId }: PanelRequest,
  linked: LinkedReporter,
  request: WriteRequest,
  { operationId, undoes }: { readonly operationId: string; readonly undoes: string | null },
): Promise<Answer<WriteResult>> {
  const { issue, reporter, segments, connected } = linked;
  // A second click finds the first one's id taken: that is told before anything about a changed segment is.
  const asked = await readEntry(operationId);
  if (asked !== null) return problem({ code: 'alreadyAsked', state: asked.state });
  const planned = planWrite(segments, request);
  if (planned.kind === 'stale') return problem({ code: 'stale', reason: planned.reason });
  const written = await performWrite(connected, planned.plan, {
    operationId,
    door: 'panel',
    actorAccountId: viewerAccountId,
    reporterAccountId: reporter.accountId,
    issueId: issue.issueId,
    issueKey: issue.issueKey,
    undoes,
  });
  if (written.kind === 'taken') return problem({ code: 'alreadyAsked', state: written.entry.state });
  const now = withReadBack(segments, written.reread);
  const match = { ...linked.match, member: withName(linked, memberById(now, request.memberId)) };
  const history = await recentEntries(reporter.accountId, HISTORY_LIMIT);
  return ok({ entry: written.entry, view: viewOfKnown(viewerAccountId, linked, { match, segments: now, history }) });
}

/** Keeps the name that was read before the write: a member who is in no segment any more can't be read. */
function withName({ match }: LinkedReporter, member: LinkedReporter['match']['member']): LinkedReporter['match']['member'] {
  return { ...member, name: member.name ?? match.member.name };
}
