import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  REMOVAL_UNKNOWN_CHOICES,
  UNKNOWN_CHOICES,
  type Act,
  type ActionKey,
  type LedgerEntry,
  type Result,
  type Problem,
  err,
  ok,
} from '../../contract';
import { authorizeChange, resolveReporter, readSubject } from '../../usecases/lookup';
import { handleRequest, operationIdOf, parseInput } from '../../usecases/result';
import { perform, type PerformedAtLast, type Requester, type UnknownState } from './perform';
import { failureSentence, problemSentence, skippedSentence } from './failureSentences';
import { alreadyThereSentence, confirmedSentence, queuedSentence } from './doneSentences';
import { readOutputs, type ReadOutputs } from './readOutputs';
import type { RuleChange } from './ruleChange';
import { causeOfEntry, causeOfProblem, countRuleFailure, type FailedAction } from './ruleFailure';
import { issueInput, segmentInput, unknownInput } from './textInput';

/** What an action answers: its outputs, or errors that stop the rule and stand in its audit log. */
export type ActionAnswer<T> = T | RuleErrors;

type RuleErrors = { readonly errors: readonly { readonly message: string }[] };

/** The outputs of the three actions that write; see manifest.yml. */
export type WriteOutputs = {
  readonly outcome: 'moved' | 'removed' | 'added' | 'alreadyThere' | 'skipped' | 'accepted' | 'queued';
  readonly message: string;
  readonly memberId: number | null;
  readonly operationId: string | null;
  /** Why it was skipped, as `get-reporter-segments` says it; null where it was not. */
  readonly reason: UnknownState | null;
};

// The platform tells who runs the rule; what the rule itself passes is never trusted for that.
const contextSchema = z.object({ principal: z.object({ accountId: z.string().min(1) }) });
const issueKey = issueInput;
const ifUnknown = unknownInput(UNKNOWN_CHOICES);
const moveSchema = z.object({ issueKey, source: segmentInput, target: segmentInput, ifUnknown });
const removeSchema = z.object({ issueKey, source: segmentInput, ifUnknown: unknownInput(REMOVAL_UNKNOWN_CHOICES) });
const addSchema = z.object({ issueKey, target: segmentInput, ifUnknown });
const readSchema = z.object({ issueKey });

/** The action `move-reporter`. */
export function moveReporter(payload: unknown, context: unknown): Promise<ActionAnswer<WriteOutputs>> {
  const changeOf = ({ source, target, ifUnknown }: z.infer<typeof moveSchema>): RuleChange => ({
    kind: 'move',
    source,
    target,
    ifUnknown,
  });
  return runWritingAction({ name: 'move-reporter', act: 'move', schema: moveSchema, changeOf }, payload, context);
}

/** The action `remove-reporter`. */
export function removeReporter(payload: unknown, context: unknown): Promise<ActionAnswer<WriteOutputs>> {
  const changeOf = ({ source, ifUnknown }: z.infer<typeof removeSchema>): RuleChange => ({
    kind: 'remove',
    source,
    target: null,
    ifUnknown,
  });
  return runWritingAction({ name: 'remove-reporter', act: 'remove', schema: removeSchema, changeOf }, payload, context);
}

/** The action `add-reporter`. */
export function addReporter(payload: unknown, context: unknown): Promise<ActionAnswer<WriteOutputs>> {
  const changeOf = ({ target, ifUnknown }: z.infer<typeof addSchema>): RuleChange => ({
    kind: 'add',
    source: null,
    target,
    ifUnknown,
  });
  return runWritingAction({ name: 'add-reporter', act: 'add', schema: addSchema, changeOf }, payload, context);
}

/** The action `get-reporter-segments`. It answers for every reporter, and says why where there is no member. */
export async function getReporterSegments(payload: unknown, _context: unknown): Promise<ActionAnswer<ReadOutputs>> {
  const action = 'get-reporter-segments';
  const answer = await handleRequest(action, async (): Promise<Result<ReadOutputs>> => {
    const input = parseInput(readSchema, payload);
    if (input.kind === 'problem') return input;
    const subject = await readSubject(input.value.issueKey);
    if (subject.kind === 'problem') return subject;
    if (subject.value.kind === 'noMember') return ok(readOutputs(subject.value.match, []));
    const known = await resolveReporter(subject.value.subject, 'look');
    return known.kind === 'problem' ? known : ok(readOutputs(known.value.match, known.value.segments));
  });
  if (answer.kind === 'ok') return answer.value;
  return refused({ action, operationId: randomUUID(), issueKey: issueKeyIn(payload) }, answer.problem);
}

/** An action that writes: what it is called, which rule guards it, and what its inputs ask for. */
type WritingAction<T> = {
  readonly name: Exclude<ActionKey, 'get-reporter-segments'>;
  readonly act: Act;
  readonly schema: z.ZodType<T>;
  readonly changeOf: (input: T) => RuleChange;
};

async function runWritingAction<T extends { readonly issueKey: string }>(
  { name, act, schema, changeOf }: WritingAction<T>,
  payload: unknown,
  context: unknown,
): Promise<ActionAnswer<WriteOutputs>> {
  const requestId = randomUUID();
  const answer = await handleRequest(name, async (): Promise<Result<Carried>> => {
    const input = parseInput(schema, payload);
    if (input.kind === 'problem') return input;
    const { principal } = contextSchema.parse(context);
    const change = changeOf(input.value);
    const asked = { requestId, entryPoint: 'automation', actorAccountId: principal.accountId } as const;
    return carryOut(input.value.issueKey, act, change, asked);
  });
  const failed = { action: name, operationId: operationIdOf(requestId, 1), issueKey: issueKeyIn(payload) };
  return answer.kind === 'ok'
    ? writeOutputs(answer.value.change, answer.value.performed, failed)
    : refused(failed, answer.problem);
}

/** What a rule wanted and what became of it. */
type Carried = { readonly change: RuleChange; readonly performed: PerformedAtLast };

async function carryOut(
  issueKey: string,
  act: Act,
  change: RuleChange,
  asked: Omit<Requester, 'mayAdd'>,
): Promise<Result<Carried>> {
  // Whether they may add is asked with the rest, where it may come to that.
  const shown = change.ifUnknown === 'add' ? (['add'] as const) : [];
  const changeable = await authorizeChange<Act>(issueKey, act, [], shown);
  if (changeable.kind === 'problem')
    return isNobody(changeable.problem) && change.ifUnknown === 'skip'
      ? ok({ change, performed: { kind: 'skipped', state: 'noReporter' } })
      : changeable;
  const refusal = changeable.value.refusals.add;
  const mayAdd = () => Promise.resolve(refusal === null ? ok<true>(true) : err(refusal));
  return ok({ change, performed: await perform(changeable.value, change, { ...asked, mayAdd }) });
}

/** The work item as the rule gave it, for the record of a failure; null where it gave no text. */
function issueKeyIn(payload: unknown): string | null {
  return readSchema.safeParse(payload).data?.issueKey ?? null;
}

/** Whether the work item has no reporter who could be anybody's member: none, an app, or a closed account. */
function isNobody(problem: Problem): boolean {
  return problem.code === 'stale' && problem.reason === 'reporterChanged';
}

const DONE = { move: 'moved', remove: 'removed', add: 'added' } as const;

async function writeOutputs(
  change: RuleChange,
  performed: PerformedAtLast,
  failed: FailingAction,
): Promise<ActionAnswer<WriteOutputs>> {
  switch (performed.kind) {
    case 'confirmed': {
      const { entry } = performed;
      return { outcome: DONE[entry.kind], message: confirmedSentence(entry), ...sentOutputs(entry) };
    }
    case 'alreadyThere':
      return {
        outcome: 'alreadyThere',
        message: alreadyThereSentence(change),
        memberId: performed.memberId,
        operationId: null,
        reason: null,
      };
    case 'skipped':
      return {
        outcome: 'skipped',
        message: skippedSentence(performed.state),
        memberId: null,
        operationId: null,
        reason: performed.state,
      };
    case 'queued':
      return {
        outcome: performed.why === 'accepted' ? 'accepted' : 'queued',
        message: queuedSentence(performed.why),
        ...sentOutputs(performed.entry),
      };
    case 'failed':
      return failedAnswer(
        { ...failed, operationId: performed.entry.operationId, cause: causeOfEntry(performed.entry) },
        failureSentence(performed.entry),
      );
    case 'problem':
      return refused(failed, performed.problem);
  }
}

/** By what a write that was sent is found in the ledger. */
function sentOutputs(entry: LedgerEntry | null): Pick<WriteOutputs, 'memberId' | 'operationId' | 'reason'> {
  return { memberId: entry?.members[0]?.memberId ?? null, operationId: entry?.operationId ?? null, reason: null };
}

/** What a failure is recorded under. */
type FailingAction = Omit<FailedAction, 'cause'>;

function refused(failing: FailingAction, problem: Problem): Promise<RuleErrors> {
  return failedAnswer({ ...failing, cause: causeOfProblem(problem) }, problemSentence(problem));
}

/** Counts the failure, and tells the audit log by which id an admin finds it in the ledger. */
async function failedAnswer(failed: FailedAction, sentence: string): Promise<RuleErrors> {
  await countRuleFailure(failed);
  return { errors: [{ message: `${sentence} Operation ${failed.operationId}.` }] };
}
