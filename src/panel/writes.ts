import { z } from 'zod';
import { HISTORY_LIMIT, type Answer, type LedgerEntry, type MoveInput, type RemoveInput, type UndoInput, type WriteResult } from '../contract';
import { inTurn, ok, parseInput, performWrite, problem, settleEarlier, type Step, type Turn, type Worked } from '../flow';
import { memberById } from '../people';
import { planUndo, planWrite, withReadBack, type WritePlan, type WriteRequest } from '../segments';
import { readEntry } from '../store';
import { viewOfKnown } from './open';
import type { PanelRequest } from './request';
import { linkedMemberId, readChangeable, readLinked, type Changeable, type LinkedReporter } from './writable';

const id = z.int().positive();
const removeSchema: z.ZodType<RemoveInput> = z.object({ operationId: z.uuid(), memberId: id, fromSegmentId: id });
const moveSchema: z.ZodType<MoveInput> = z.object({ operationId: z.uuid(), memberId: id, fromSegmentId: id, toSegmentId: id });
const undoSchema: z.ZodType<UndoInput> = z.object({ operationId: z.uuid(), undoes: z.uuid() });

/** Moves the reporter's member to another segment. */
export async function move(request: PanelRequest, payload: unknown): Promise<Answer<WriteResult>> {
  const input = parseInput(moveSchema, payload);
  if (input.kind === 'problem') return input;
  const { operationId, ...wanted } = input.value;
  const changeable = await readChangeable(request, 'move', [operationId]);
  if (changeable.kind === 'problem') return changeable;
  return write(request, changeable.value, { operationId, undoes: null, seenMemberId: wanted.memberId, plan: planOf(wanted) });
}

/** Removes the reporter's member from one segment. */
export async function remove(request: PanelRequest, payload: unknown): Promise<Answer<WriteResult>> {
  const input = parseInput(removeSchema, payload);
  if (input.kind === 'problem') return input;
  const { operationId, ...wanted } = input.value;
  const changeable = await readChangeable(request, 'remove', [operationId]);
  if (changeable.kind === 'problem') return changeable;
  return write(request, changeable.value, { operationId, undoes: null, seenMemberId: wanted.memberId, plan: planOf({ ...wanted, toSegmentId: null }) });
}

/** Takes a confirmed move back, while the member is still where it was put. */
export async function undo(request: PanelRequest, payload: unknown): Promise<Answer<WriteResult>> {
  const input = parseInput(undoSchema, payload);
  if (input.kind === 'problem') return input;
  const { operationId, undoes } = input.value;
  const changeable = await readChangeable(request, 'move', [operationId, undoes]);
  if (changeable.kind === 'problem') return changeable;
  const [, undone] = changeable.value.entries;
  if (undone === null || undone === undefined) return problem({ code: 'undoRefused', reason: 'unknownWrite' });
  return write(request, changeable.value, { operationId, undoes, seenMemberId: null, plan: undoOf(undone) });
}

/** A decision of the user, planned once the segments have been read in the member's turn. */
type Decision = {
  readonly operationId: string;
  readonly undoes: string | null;
  readonly seenMemberId: number | null;
  readonly plan: (linked: LinkedReporter) => Step<WritePlan>;
};

function planOf(wanted: WriteRequest): Decision['plan'] {
  return ({ segments }) => {
    const planned = planWrite(segments, wanted);
    return planned.kind === 'plan' ? ok(planned.plan) : problem({ code: 'stale', reason: planned.reason });
  };
}

function undoOf(undone: LedgerEntry): Decision['plan'] {
  return (linked) => {
    const { reporter, match, segments, history } = linked;
    const back = planUndo(undone, { reporterAccountId: reporter.accountId, memberId: match.member.id, segments, history });
    return back.kind === 'request' ? planOf(back.request)(linked) : problem({ code: 'undoRefused', reason: back.reason });
  };
}

async function write(request: PanelRequest, changeable: Changeable, decision: Decision): Promise<Answer<WriteResult>> {
  const [asked] = changeable.entries;
  // A second click finds the first one's id taken: that is told before anything about a changed segment is.
  if (asked !== null && asked !== undefined) return problem({ code: 'alreadyAsked', state: asked.state });
  const memberId = linkedMemberId(changeable, decision.seenMemberId);
  if (memberId.kind === 'problem') return memberId;
  return inTurn(memberId.value, decision.operationId, (turn) => writeInTurn(request, changeable, decision, turn));
}

async function writeInTurn(request: PanelRequest, changeable: Changeable, decision: Decision, turn: Turn): Promise<Worked<WriteResult>> {
  // Asked once more, because the same click may have had the turn before this one.
  const [linked, asked] = await Promise.all([readLinked(changeable), readEntry(decision.operationId)]);
  const left = turn.unfinished === null ? 'nothing' : 'unfinished';
  if (asked !== null) return { answer: problem({ code: 'alreadyAsked', state: asked.state }), left };
  if (linked.kind === 'problem') return { answer: linked, left };
  const settled = await settleEarlier(turn, linked.value.segments);
  const plan = decision.plan(linked.value);
  if (plan.kind === 'problem') return { answer: plan, left: 'nothing' };
  const { issue, reporter, connected } = linked.value;
  const written = await performWrite(connected, plan.value, {
    operationId: decision.operationId,
    door: 'panel',
    actorAccountId: request.viewerAccountId,
    reporterAccountId: reporter.accountId,
    issueId: issue.issueId,
    issueKey: issue.issueKey,
    undoes: decision.undoes,
  });
  if (written.kind === 'taken') {
    return { answer: problem({ code: 'alreadyAsked', state: written.entry.state }), left: written.entry.state === 'finished' ? 'nothing' : 'unfinished' };
  }
  const { entry, retryAfterMs } = written;
  const history = [entry, ...linked.value.history.map((row) => (row.operationId === settled?.operationId ? settled : row))];
  const view = viewAfter(request, { ...linked.value, history }, withReadBack(linked.value.segments, written.reread));
  return { answer: ok({ entry, retryAfterMs, view }), left: written.left };
}

/** The panel after a write, from what is known: nothing more is read that could fail and hide the outcome. */
function viewAfter(request: PanelRequest, linked: LinkedReporter, segments: LinkedReporter['segments']): WriteResult['view'] {
  const { match, history } = linked;
  const member = memberById(segments, match.member.id);
  // The name that was read before the write: a member who is in no segment any more can't be read.
  const named = { ...match, member: { ...member, name: member.name ?? match.member.name } };
  return viewOfKnown(request.viewerAccountId, linked, { match: named, segments, history: history.slice(0, HISTORY_LIMIT) });
}
