import { z } from 'zod';
import { ok, type Result } from '../../contract';
import {
  deletePendingIssues,
  dueRows,
  KEYS_AT_ONCE,
  linkedPairs,
  pendingIssues,
  readFieldFilling,
  readFieldRows,
  readFieldSettings,
  writeFieldFilling,
  writeKnownFieldId,
  type FieldFilling,
  type FieldRow,
} from '../../adapters/store';
import { budgetPauseMs, invocationEndMs } from '../../usecases/connection';
import { pushFieldFill } from '../../usecases/jobs';
import { fieldIdOfSite, readFieldReading, type FieldReading } from '../../usecases/lookup';
import { countFailure, logFailure } from '../../usecases/result';
import { fillIssues, type FieldFill } from './fillIssues';
import { fillReporters } from './fillReporters';
import { isSweepDue, markChanged, sweep } from './sweep';

/** Time kept for the last page and what is written after it. */
const LAST_PAGE_MS = 60_000;
/** So many reporters are asked for in one query. */
const REPORTERS_AT_ONCE = 20;
/** The longest that Forge delays an event (documented: 15 minutes), in seconds. */
const LONGEST_DELAY_S = 900;

/** After so long issues are tried again that Jira could not tell of. */
const TRY_AGAIN_MS = 60_000;

const eventSchema = z.object({
  body: z.object({
    accountIds: z.array(z.string()).default([]),
    memberIds: z.array(z.int().positive()).default([]),
    issueIds: z.array(z.string().regex(/^\d{1,19}$/)).default([]),
  }),
});

/**
 * Fills the field *Reporter segments*: first where the event says that something changed, then whoever is due, until
 * nobody is or the time is over; then it asks for the next event itself. An event that comes twice, late or never
 * does no harm: what is right is left alone, and a look at everybody finds what nobody told of. Throws ForgeKvsError
 * when storage fails: then Forge delivers the event again.
 * @see manifest.yml, consumer `field`
 */
export async function fillField(event: unknown): Promise<void> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return void logFailure('field', new Error('An event of another form'));
  const { accountIds, memberIds, issueIds } = parsed.data.body;
  const endMs = invocationEndMs() - LAST_PAGE_MS;
  const [source, fieldId] = await Promise.all([readFieldReading(), fieldIdOfSite()]);
  // Without a directory, or without the field, there is nothing to fill yet: the tick comes back to it.
  if (source === null || fieldId.kind === 'problem' || fieldId.value === null) return;
  const fill = { source, fieldId: fieldId.value };
  const linked = memberIds.length === 0 ? [] : (await linkedPairs(memberIds)).map(({ accountId }) => accountId);
  const due = await markChanged([...new Set([...accountIds, ...linked])], source);
  const worked = await work(fill, { issueIds, due }, endMs);
  if (worked.kind === 'problem') await rest(worked, issueIds);
  else if (worked.value === 'timeOver') await pushFieldFill({}, 0);
}

async function work(
  fill: FieldFill,
  { issueIds, due }: { readonly issueIds: readonly string[]; readonly due: readonly string[] },
  endMs: number,
): Promise<Result<'done' | 'timeOver'>> {
  const issues = await fillIssues(fill, issueIds);
  if (issues.kind === 'problem') return issues;
  const pending = await fillPending(fill, endMs);
  if (pending.kind === 'problem' || pending.value === 'timeOver') return pending;
  // By key, as a query may not show yet who was marked a moment ago.
  const marked = [...(await readFieldRows(due)).values()].filter(({ state }) => state === 'due');
  const filled = await fillAll(fill, () => Promise.resolve(marked.splice(0, REPORTERS_AT_ONCE)), endMs);
  if (filled.kind === 'problem' || filled.value === 'timeOver') return filled;
  const filling = await sweepWhenDue(fill.source, endMs);
  if (filling.sweep !== null) return ok('timeOver');
  const rest = await fillAll(fill, () => dueRows(REPORTERS_AT_ONCE), endMs);
  if (rest.kind === 'ok' && rest.value === 'done')
    await writeFieldFilling({ ...filling, restsUntilMs: 0, doneAtMs: Date.now() });
  return rest;
}

/** Fills work items that events told of, many at once. Who filled one and died fills it again. */
async function fillPending(fill: FieldFill, endMs: number): Promise<Result<'done' | 'timeOver'>> {
  const seen = new Set<string>();
  for (;;) {
    if (Date.now() > endMs) return ok('timeOver');
    // A query may show for some seconds what is filled.
    const pending = (await pendingIssues(KEYS_AT_ONCE)).filter(({ key }) => !seen.has(key));
    if (pending.length === 0) return ok('done');
    for (const { key } of pending) seen.add(key);
    const filled = await fillIssues(
      fill,
      pending.map(({ issueId }) => issueId),
    );
    if (filled.kind === 'problem') return filled;
    await deletePendingIssues(pending);
  }
}

async function sweepWhenDue(source: FieldReading, endMs: number): Promise<FieldFilling> {
  const filling = await readFieldFilling();
  return (await isSweepDue(filling, source)) ? sweep(filling, source, endMs) : filling;
}

/**
 * Fills those whom `next` names until it names nobody whom it has not named before. What they are filled with is read
 * after their rows, so that whatever changes behind it marks them anew.
 */
async function fillAll(
  { fieldId }: FieldFill,
  next: () => Promise<readonly FieldRow[]>,
  endMs: number,
): Promise<Result<'done' | 'timeOver'>> {
  const seen = new Set<string>();
  for (;;) {
    if (Date.now() > endMs) return ok('timeOver');
    // Whoever is named once more was marked anew meanwhile; the same revision only shows that a query is behind.
    const rows = (await next()).filter(({ revision }) => !seen.has(revision));
    if (rows.length === 0) return ok('done');
    for (const { revision } of rows) seen.add(revision);
    const source = await readFieldReading();
    if (source === null) return ok('done');
    const filled = await fillReporters({ fieldId, source }, rows, endMs);
    if (filled.kind === 'problem') return filled;
    if (filled.value === 'timeOver') return ok('timeOver');
  }
}

/** Whoever is due stays so; issues that were named are named again in a while. */
async function rest(failed: Extract<Result<never>, { kind: 'problem' }>, issueIds: readonly string[]): Promise<void> {
  const { problem } = failed;
  await countFailure(problem);
  const nowMs = Date.now();
  const pauseMs = budgetPauseMs(problem, nowMs);
  if (pauseMs !== null) await writeFieldFilling({ ...(await readFieldFilling()), restsUntilMs: nowMs + pauseMs });
  // The field may have another id since the app was installed anew.
  else if (problem.code === 'jira' && (problem.status === 400 || problem.status === 404)) await writeKnownFieldId(null);
  const delayS = Math.min(LONGEST_DELAY_S, Math.ceil((pauseMs ?? TRY_AGAIN_MS) / 1_000));
  if (issueIds.length > 0) await pushFieldFill({ issueIds }, delayS);
}

/**
 * Has the consumer go on where somebody is due, or everybody has to be looked at: an event was lost, the hour's points
 * were used up, or the directory has changed. Costs one read where no admin ever switched the field on. Throws
 * ForgeKvsError when storage fails.
 * @see manifest.yml, scheduledTrigger `tick`
 */
export async function fillFieldWhenDue(): Promise<void> {
  if ((await readFieldSettings()).changedAtMs === 0) return;
  const [filling, source] = await Promise.all([readFieldFilling(), readFieldReading()]);
  if (source === null || filling.restsUntilMs > Date.now()) return;
  const isWaiting = (await dueRows(1)).length > 0 || (await pendingIssues(1)).length > 0;
  if (isWaiting || (await isSweepDue(filling, source))) await pushFieldFill({}, 0);
}
