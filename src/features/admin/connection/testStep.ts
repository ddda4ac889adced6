import { z } from 'zod';
import {
  TEST_STEPS,
  err,
  formText,
  ok,
  type LedgerEntry,
  type Problem,
  type Result,
  type TestStepInput,
  type TestStepResult,
  type IdForm,
  type WriteKind,
} from '../../../contract';
import { byId, isSameRequest, type WriteIntent } from '../../../domain/segments';
import {
  KIND_OF_STEP,
  baselineOf,
  endsOfStep,
  formsToTry,
  isUntouched,
  nextTry,
  type RefusedTry,
  type StepEnds,
  type WriteTry,
} from '../../../domain/writeTest';
import { connect, invocationEndMs } from '../../../usecases/connection';
import { derivedUuid, operationIdSchema, parseInput } from '../../../usecases/result';
import { requestOf, takenIdProblem, writeMember } from '../../../usecases/write';
import {
  readEntries,
  readEntry,
  readKey,
  readSettings,
  readTestStep,
  readTokenBucket,
  writeTestStep,
  type StoredSettings,
} from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { concludeStep } from './testConclusion';
import { lookAt, type SeenStep } from './testLook';
import { groundOf, testSchema } from './testPlan';
import { comparable, readForTest } from './testReading';
import { formOf, type RunningStep } from './testRun';

/** So many rows of the ledger may be of one step: one for each form, and for each time that Shorter Loop was busy. */
const MOST_ROWS = 20;
/** What has to be left of the invocation for one more form: reading, writing, reading back and comparing. */
const TIME_OF_A_FORM_MS = 9_000;
const TOO_BUSY: Problem = { code: 'shorterLoop', cause: 'rateLimited', status: 429, retryAfterMs: null };

const stepSchema: z.ZodType<TestStepInput> = testSchema.extend({
  step: z.enum(TEST_STEPS),
  operationId: operationIdSchema,
  undoes: z.uuid().nullable(),
});

/**
 * Makes one step of a test: a write through the flow and the ledger of every write, with everybody compared before and
 * after. A form that gets a clear no, and changes nothing, is followed by the next documented one. A step that was made
 * before is looked at again. Throws ForgeKvsError when storage fails.
 */
export async function testStep({ adminAccountId }: AdminRequest, payload: unknown): Promise<Result<TestStepResult>> {
  const input = parseInput(stepSchema, payload);
  if (input.kind === 'problem') return input;
  const [settings, key, tokenBucket] = await Promise.all([readSettings(), readKey(), readTokenBucket()]);
  const connected = connect(settings, key, tokenBucket);
  if (connected.kind === 'problem') return connected;
  if (settings === null) return err({ code: 'notConfigured', missing: ['apiOrigin', 'initiativeId'] });
  const { step, undoes } = input.value;
  if ((undoes !== null) !== (step === 'moveBack') || !(await takesBack(input.value, adminAccountId)))
    return err({ code: 'undoRefused', reason: 'unknownWrite' });
  const kind = KIND_OF_STEP[step];
  const ends = endsOfStep(step, input.value);
  const { profile } = settings.connection;
  return goOn({
    input: input.value,
    kind,
    ends,
    forms: formsToTry(profile, kind),
    settings,
    connected: connected.value,
    ids: profile.ids,
    connectWith: (one) => connect(withTry(settings, kind, one), key, tokenBucket),
    command: (operationId) => ({
      operationId,
      undoes,
      entryPoint: 'admin',
      actorAccountId: adminAccountId,
      memberId: input.value.memberId,
      intent: intentOf(ends),
    }),
  });
}

async function goOn(step: RunningStep): Promise<Result<TestStepResult>> {
  const made = await madeBefore(step);
  if (made.kind === 'problem') return made;
  const rows = made.value;
  const last = rows.at(-1);
  let entry = last === undefined || wasTooBusy(last) ? null : last;
  for (;;) {
    if (entry === null) {
      const sent = await send(step, rows);
      if (sent.kind === 'problem') return sent;
      entry = sent.value;
      rows.push(entry);
      if (wasTooBusy(entry)) return err(TOO_BUSY);
    }
    const seen = await lookAt(step, entry);
    if (seen.kind === 'problem') return seen;
    // Settled as undone, where the answer itself left it open.
    if (wasTooBusy(seen.value.entry)) return err(TOO_BUSY);
    if (!goesOn(step, seen.value, rows)) {
      const before = rows.filter((row) => row !== entry);
      const refused = before
        .filter((row) => noOf(row) === 'form' || noOf(row) === 'redirect')
        .map((row) => formOf(step, row));
      return ok(await concludeStep(step, { ...seen.value, refused, ids: idsOf(step, before, entry) }));
    }
    entry = null;
    if (invocationEndMs() - Date.now() < TIME_OF_A_FORM_MS) return err({ code: 'busy', retryAfterMs: 0 });
  }
}

/** Whether something else is to be tried: this got a clear no and has changed nobody, and something is left. */
function goesOn(step: RunningStep, { entry, comparison }: SeenStep, rows: readonly LedgerEntry[]): boolean {
  if (noOf(entry) === null || comparison === null || !isUntouched(comparison)) return false;
  return tryAfter(step, rows) !== null;
}

/** The rows of this very step, in the order in which its forms were tried. */
async function madeBefore({ input, command }: RunningStep): Promise<Result<LedgerEntry[]>> {
  const entries = await readEntries(Array.from({ length: MOST_ROWS }, (_form, nth) => rowId(input.operationId, nth)));
  const made: LedgerEntry[] = [];
  for (const entry of entries) {
    if (entry === null) break;
    const request = requestOf(command(entry.operationId));
    if (!isSameRequest(entry, request)) return err(takenIdProblem(entry, request));
    made.push(entry);
  }
  return ok(made);
}

/** Sends what is to be tried next; who is where before it is kept first. */
async function send(step: RunningStep, rows: readonly LedgerEntry[]): Promise<Result<LedgerEntry>> {
  const { input, connectWith, command } = step;
  const connected = connectWith(tryAfter(step, rows) ?? { form: step.forms[0], ids: step.ids });
  if (connected.kind === 'problem') return connected;
  const operationId = rowId(input.operationId, rows.length);
  const followsClean = await followsCleanStep(input);
  return writeMember(connected.value, command(operationId), {
    isTrial: true,
    read: async () => {
      const reading = await readForTest(connected.value, input, 'write');
      if (reading.kind === 'problem') return reading;
      const ground = groundOf(input, reading.value);
      if (ground.kind === 'problem') return ground;
      const { memberId, fromSegmentId, toSegmentId } = input;
      const kept = { entryId: operationId, step: input.step, memberId, fromSegmentId, toSegmentId, followsClean };
      const baseline = baselineOf(memberId, comparable(reading.value));
      await writeTestStep({ ...kept, startedAtMs: Date.now(), isClean: null, baseline }, [fromSegmentId, toSegmentId]);
      return reading;
    },
  });
}

/** Whether the step before is the one that this one takes back, and did what it should have done and nothing else. */
async function followsCleanStep({ memberId, fromSegmentId, toSegmentId, undoes }: TestStepInput): Promise<boolean> {
  const before = undoes === null ? null : await readTestStep();
  if (before === null || before.memberId !== memberId) return false;
  // A form of the way back that got a clear no stands between the two.
  if (before.step === 'moveBack') return before.followsClean;
  const isSame = before.fromSegmentId === fromSegmentId && before.toSegmentId === toSegmentId;
  return before.step === 'moveThere' && before.entryId === undoes && isSame && before.isClean === true;
}

/** Whether a step takes back what this admin moved there; any other step takes nothing back. */
async function takesBack(
  { undoes, memberId, fromSegmentId, toSegmentId }: TestStepInput,
  adminAccountId: string,
): Promise<boolean> {
  if (undoes === null) return true;
  const entry = await readEntry(undoes);
  return (
    entry?.kind === 'move' &&
    entry.entryPoint === 'admin' &&
    entry.actorAccountId === adminAccountId &&
    entry.from.id === fromSegmentId &&
    entry.to.id === toSegmentId &&
    entry.members.some((member) => member.memberId === memberId)
  );
}

/**
 * Whether Shorter Loop has said that it knows no such path or verb, or does not take such values; null otherwise. A
 * gateway may call a path that it does not know forbidden or not made yet, and a site may send whoever comes to none of
 * its pages to its front page, or show them that: then nothing has changed, also minutes later.
 */
function noOf({ state, answer, members }: LedgerEntry): RefusedTry['no'] | null {
  // Some servers forbid what is beyond their limit, which says nothing of the form.
  if (state !== 'finished' || answer === null || answer.cause === 'rateLimited') return null;
  const { status, cause } = answer;
  const isRefused = members.every(({ outcome }) => outcome === 'refused');
  const isUndone = isRefused || members.every(({ reason }) => reason === 'unchanged');
  if (isUndone && cause === 'redirected') return 'redirect';
  if (isUndone && cause === 'malformed') return 'form';
  if (!isRefused) return null;
  if (status !== null && NO_SUCH_FORM.includes(status)) return 'form';
  return status === 400 || status === 422 ? 'value' : null;
}

const NO_SUCH_FORM: readonly number[] = [403, 404, 405, 501];

/** Whether it was refused only because there had been too many requests: that says nothing of its form. */
function wasTooBusy({ state, answer, members }: LedgerEntry): boolean {
  const isUndone = members.every(({ outcome, reason }) => outcome === 'refused' || reason === 'unchanged');
  return state === 'finished' && answer?.cause === 'rateLimited' && isUndone;
}

function tryAfter({ forms, ids }: RunningStep, rows: readonly LedgerEntry[]): WriteTry | null {
  const refused = rows.flatMap((row) => {
    const no = noOf(row);
    return no === null || row.form === null ? [] : [{ form: row.form, no }];
  });
  return nextTry(forms, ids, refused);
}

/** How the ids were written in a row, by those before it. */
function idsOf(step: RunningStep, before: readonly LedgerEntry[], { form }: LedgerEntry): IdForm {
  const last = tryAfter(step, before);
  return last !== null && formText(last.form) === form ? last.ids : step.ids;
}

/** The first form of a step has the operation id that the page made, and each one after it one that follows from it. */
function rowId(operationId: string, nth: number): string {
  return nth === 0 ? operationId : derivedUuid(operationId, 'form', String(nth));
}

function withTry(settings: StoredSettings, kind: WriteKind, { form, ids }: WriteTry): StoredSettings {
  const { connection } = settings;
  const { profile } = connection;
  return {
    ...settings,
    connection: { ...connection, profile: { ...profile, ids, writes: { ...profile.writes, [kind]: form } } },
  };
}

function intentOf(ends: StepEnds): WriteIntent {
  switch (ends.kind) {
    case 'move':
      return { kind: 'move', from: byId(ends.fromId), to: byId(ends.toId) };
    case 'remove':
      return { kind: 'remove', from: byId(ends.fromId) };
    case 'add':
      return { kind: 'add', to: byId(ends.toId) };
  }
}
