import {
  formText,
  type LedgerEntry,
  type Strays,
  type TestStepResult,
  type IdForm,
  type WriteForm,
  type WriteKind,
} from '../../../contract';
import { isConfirmed, settlesAtMs } from '../../../domain/segments';
import { isClean, isHarmful } from '../../../domain/writeTest';
import { askToLook, stopBeside } from '../../../usecases/write';
import { recordOutcome, recordProof, recordStop, saveProfile, writeTestStep } from '../../../adapters/store';
import type { SeenStep } from './testLook';
import { formOf, type RunningStep } from './testRun';

/** So many others who are missing stop a kind of write. */
const MISSING_THAT_STOP = 2;

/** Says what a step came to, and keeps what follows from it: a learned form, a proof, or that there is none. */
export async function concludeStep(
  step: RunningStep,
  seen: SeenStep & Pick<TestStepResult, 'refused'> & { readonly ids: IdForm },
): Promise<TestStepResult> {
  const { comparison, kept, refused } = seen;
  const form = formOf(step, seen.entry);
  const isOver = seen.entry.state === 'finished';
  const clean =
    isOver && comparison !== null && isClean(comparison) && isConfirmed(seen.entry) && seen.entry.strays === null;
  const entry = await withFoundStrays(step, seen);
  if (isOver && kept !== null)
    await writeTestStep({ ...kept, isClean: clean }, [step.input.fromSegmentId, step.input.toSegmentId]);
  if (clean && kept?.isClean === null) await keepForm(step, form, seen.ids);
  const proves = clean ? provenBy(step, kept?.followsClean === true) : null;
  if (proves !== null) await recordProof(step.settings, proves, Date.now());
  else if (isOver && !clean && disproves(entry)) await recordProof(step.settings, step.kind, null);
  const strays = comparison === null ? entry.strays : comparison.strays;
  return {
    entry,
    refused,
    form,
    leftOthers: comparison?.leftOthers ?? [],
    joinedOthers: comparison?.joinedOthers ?? [],
    strays,
    people: peopleIn(strays, seen),
    isCompared: comparison?.isWhole === true,
    uncompared: comparison?.uncompared ?? 0,
    settlesAtMs: isOver ? null : settlesAtMs(entry),
    proves,
  };
}

/** The way there proves nothing yet: a move is proven by there and back. */
function provenBy({ input, kind }: RunningStep, followsClean: boolean): WriteKind | null {
  switch (input.step) {
    case 'moveThere':
      return null;
    case 'moveBack':
      return followsClean ? kind : null;
    default:
      return kind;
  }
}

/** Whether a write shows that its kind does not do what it should: not so where Shorter Loop was only busy. */
function disproves({ members, strays, answer }: LedgerEntry): boolean {
  if (strays !== null) return true;
  const status = answer?.status ?? null;
  return members.every(({ outcome }) => outcome === 'notConfirmed') || status === 404 || status === 405;
}

/** A form that has shown to work, and how it writes ids, is what is used from now on. */
async function keepForm({ settings, kind }: RunningStep, form: WriteForm, ids: IdForm): Promise<void> {
  const { profile } = settings.connection;
  const isForm = formText(form) === formText(profile.writes[kind]);
  const { how } = profile.evidence[kind];
  if (isForm && ids === profile.ids && (how === 'chosen' || how === 'learned')) return;
  const learned = { how: 'learned', atMs: Date.now() } as const;
  const evidence = {
    ...profile.evidence,
    ...(isForm && how === 'chosen' ? {} : { [kind]: learned }),
    ...(ids === profile.ids ? {} : { ids: learned }),
  };
  await saveProfile(
    settings,
    { ...profile, ids, writes: { ...profile.writes, [kind]: form }, evidence },
    settings.proofs,
  );
}

/**
 * The step's row with everybody who was found to be changed beside it, for those who have to be put back. What the
 * write itself found stands there already.
 */
async function withFoundStrays({ input }: RunningStep, { entry, comparison }: SeenStep): Promise<LedgerEntry> {
  if (comparison === null || entry.state !== 'finished' || entry.strays !== null || !isHarmful(comparison))
    return entry;
  const own = comparison.leftOthers.map((segmentId) => ({ memberId: input.memberId, segmentId }));
  const { missing = [], joined = [], count = 0 } = comparison.strays ?? {};
  const strays: Strays = { missing: [...own, ...missing], joined, count: count + own.length };
  const known = { ...entry, strays };
  await recordOutcome(known);
  await askToLook(entry, strays);
  if (own.length > 0 || missing.length >= MISSING_THAT_STOP) await recordStop(stopBeside(known, strays));
  return known;
}

/** Names of those who were changed, by the reading after the step: of who is nowhere any more there is none. */
function peopleIn(strays: Strays | null, { reading }: SeenStep): TestStepResult['people'] {
  const ids = new Set([...(strays?.missing ?? []), ...(strays?.joined ?? [])].map(({ memberId }) => memberId));
  const names = new Map<number, string | null>();
  for (const { members } of reading.segments)
    for (const { id, name } of members) if (ids.has(id) && (names.get(id) ?? null) === null) names.set(id, name);
  return [...ids].map((id) => ({ id, name: names.get(id) ?? null }));
}
