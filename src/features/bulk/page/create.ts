import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  MAX_JQL_LENGTH,
  type Result,
  type BulkAct,
  type BulkActInput,
  type Problem,
  type BulkSource,
  type CreateRunInput,
  type RunView,
  type Segment,
  ok,
  err,
} from '../../../contract';
import { authorize } from '../../../usecases/access';
import { parseInput, shorterLoopProblem } from '../../../usecases/result';
import { maskJql, newRun, undoneBy } from '../../../domain/runs';
import { countWaitingRuns, createRun } from '../../../adapters/store';
import { takesAccounts } from '../access';
import { queryNameOf, requireReadable } from './query';
import { gateOf, readSeenRun, refusalOf, type BulkRequest } from './request';
import { viewOfRun } from './view';

/** So many runs of somebody may wait to be started: each keeps whom it is about for ninety days. */
const MOST_WAITING = 100;
const TOO_MANY: Problem = { code: 'run', cause: 'tooMany' };

const id = z.int().positive();
const ids = z.array(id).min(1).max(200);
const actSchema: z.ZodType<BulkActInput> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), from: ids.nullable(), to: id }),
  z.object({ kind: z.literal('remove'), from: ids }),
  z.object({ kind: z.literal('add'), to: id }),
]);
const sourceSchema: z.ZodType<BulkSource> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('jql'), jql: z.string().trim().min(1).max(MAX_JQL_LENGTH) }),
  z.object({ kind: z.literal('accounts') }),
  z.object({ kind: z.literal('retry'), runId: z.uuid() }),
  z.object({ kind: z.literal('undo'), runId: z.uuid() }),
]);
const createSchema: z.ZodType<CreateRunInput> = z.object({ source: sourceSchema, act: actSchema.nullable() });

/** Begins a run: nothing is read yet, and nobody is written about before it is started. */
export async function create(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  const input = parseInput(createSchema, payload);
  if (input.kind === 'problem') return input;
  const { source, act: wanted } = input.value;
  const allowed = await mayUse(request, source, wanted);
  if (allowed.kind === 'problem') return allowed;
  if ((await countWaitingRuns(request.accountId)) >= MOST_WAITING) return err(TOO_MANY);
  const readable = source.kind === 'jql' ? await requireReadable(source.jql) : ok(true);
  if (readable.kind === 'problem') return readable;
  const act = await actOf(request, source, wanted);
  if (act.kind === 'problem') return act;
  const runId = randomUUID();
  const run = newRun(
    {
      runId,
      source: source.kind === 'jql' ? { ...source, jql: maskJql(source.jql) } : source,
      queryName: source.kind === 'jql' ? await queryNameOf(runId, source.jql) : null,
      act: act.value,
      createdByAccountId: request.accountId,
    },
    Date.now(),
  );
  await createRun(run);
  return ok(viewOfRun(request, run));
}

/**
 * A list of accounts comes with no issue on which a project's permission could be held. Where what the run is to do is
 * known by now, the rule for that has to allow it somewhere; on which issues is asked when they are read.
 */
async function mayUse(request: BulkRequest, source: BulkSource, wanted: BulkActInput | null): Promise<Result<true>> {
  const { rules } = request;
  if (source.kind === 'accounts' && !takesAccounts(rules.access))
    return err({ code: 'notPermitted', needed: 'ADMINISTER' });
  const stands = wanted === null ? null : gateOf(request, wanted.kind);
  if (stands !== null) return err(stands);
  return wanted === null ? ok(true) : authorize({ kind: 'user' }, [wanted.kind], { kind: 'anywhere' }, rules);
}

async function actOf(request: BulkRequest, source: BulkSource, wanted: BulkActInput | null): Promise<Result<BulkAct>> {
  if (source.kind === 'retry' || source.kind === 'undo') {
    const base = await readSeenRun(request, { runId: source.runId });
    if (base.kind === 'problem') return base;
    // Adding may have come to rest because of this very run: it is what the new one does that has to be possible.
    const act = source.kind === 'undo' ? undoneBy(base.value.act) : ok(base.value.act);
    if (act.kind === 'problem') return act;
    const refusal = refusalOf(request, base.value, act.value);
    return refusal === null ? act : err(refusal);
  }
  if (wanted === null) return err({ code: 'invalidInput', field: 'act', reason: { code: 'missing' } });
  if (request.connection.kind === 'problem') return request.connection;
  const { client, rateLimiter } = request.connection.value;
  const admitted = await rateLimiter.reserve(1);
  if (admitted.kind === 'problem') return admitted;
  const segments = await client.listSegments();
  if (segments.kind === 'problem') return err(shorterLoopProblem(segments.problem));
  return namedAct(wanted, segments.value);
}

function namedAct(wanted: BulkActInput, segments: readonly Segment[]): Result<BulkAct> {
  if (wanted.kind === 'add') {
    const target = segments.find(({ id: segmentId }) => segmentId === wanted.to);
    return target === undefined
      ? err({ code: 'stale', reason: 'targetGone' })
      : ok({ kind: 'add', from: null, to: target });
  }
  const from =
    wanted.from === null
      ? null
      : wanted.from.flatMap((segmentId) => segments.find((segment) => segment.id === segmentId) ?? []);
  if (from !== null && from.length !== wanted.from?.length) return err({ code: 'stale', reason: 'sourceGone' });
  if (wanted.kind === 'remove')
    return from === null
      ? err({ code: 'invalidInput', field: 'act.from', reason: { code: 'missing' } })
      : ok({ kind: 'remove', from, to: null });
  const to = segments.find((segment) => segment.id === wanted.to);
  if (to === undefined) return err({ code: 'stale', reason: 'targetGone' });
  if (from?.some((segment) => segment.id === to.id) === true) return err({ code: 'stale', reason: 'alreadyInTarget' });
  return ok({ kind: 'move', from, to });
}
