import { z } from 'zod';
import { type BulkAct, type Result, type Problem, ok, err } from '../../../contract';
import type { AccessRules } from '../../../usecases/access';
import { connect, type Connected } from '../../../usecases/connection';
import { fromJira, handlePageRequest, type ResolverRequest } from '../../../usecases/result';
import { mayAdministerJira } from '../../../adapters/jira';
import type { Run } from '../../../domain/runs';
import { readKey, readRun, readToChange, type DirectoryMeta } from '../../../adapters/store';
import { isOutage, requireBulk, takesAccounts } from '../access';

/** A request of someone who may at least see some runs. */
export type BulkRequest = {
  readonly accountId: string;
  readonly rules: AccessRules;
  /** What stands in the user's way of running in bulk; null where nothing does. */
  readonly refusal: Problem | null;
  /**
   * Whether the user administers Jira: then they can see, pause and cancel every run, whatever the rules say. Asked
   * where it matters, as each question costs points that all sites share, and a page looks at its run every 2 seconds.
   */
  readonly administers: () => Promise<Result<boolean>>;
  readonly connection: Result<Connected>;
  readonly directoryMeta: DirectoryMeta | null;
};

/** Who may use a function: whoever the rule for bulk allows, or a Jira admin as well, whatever it says. */
type Circle = 'rule' | 'ruleOrAdmin';

const USER = { kind: 'user' } as const;
const contextSchema = z.object({ accountId: z.string().min(1) });
const runIdSchema = z.object({ runId: z.uuid() });
const UNKNOWN_RUN: Problem = { code: 'run', cause: 'unknown' };
const OTHERS_RUN: Problem = { code: 'run', cause: 'others' };
const ADMIN_NEEDED: Problem = { code: 'notPermitted', needed: 'ADMINISTER' };

/**
 * Turns a function of the bulk page into a resolver function: Jira is asked as the user whether they may,
 * before anything else is done.
 * @param name the name under which the page invokes it, for the log
 */
export function bulkFunction<T>(
  name: string,
  circle: Circle,
  work: (request: BulkRequest, payload: unknown) => Promise<Result<T>>,
) {
  return (request: ResolverRequest): Promise<Result<T>> =>
    handlePageRequest(name, async () => {
      const context = contextSchema.safeParse(request.context);
      if (!context.success) return err(ADMIN_NEEDED);
      const [key, { settings, tokenBucket, access, scope, directoryMeta }] = await Promise.all([
        readKey(),
        readToChange(),
      ]);
      const rules: AccessRules = { access, scope };
      const allowed = await requireBulk(USER, rules);
      const refusal = allowed.kind === 'ok' ? null : allowed.problem;
      const administers = refusal === null && takesAccounts(access) ? () => Promise.resolve(ok(true)) : readAdmin;
      if (refusal !== null) {
        if (circle === 'rule' || isOutage(refusal)) return err(refusal);
        const isAdmin = await administers();
        if (isAdmin.kind === 'problem' || !isAdmin.value) return isAdmin.kind === 'problem' ? isAdmin : err(refusal);
      }
      const { accountId } = context.data;
      const connection = connect(settings, key, tokenBucket);
      return work({ accountId, rules, refusal, administers, connection, directoryMeta }, request.payload);
    });
}

async function readAdmin(): Promise<Result<boolean>> {
  return fromJira(await mayAdministerJira(), ADMIN_NEEDED);
}

/** The run that a payload names, when the user may see it: runs tell of people whose issues not everybody sees. */
export async function readSeenRun(request: BulkRequest, payload: unknown): Promise<Result<Run>> {
  const parsed = runIdSchema.safeParse(payload);
  const run = parsed.success ? await readRun(parsed.data.runId) : null;
  if (run === null) return err(UNKNOWN_RUN);
  if (run.createdByAccountId === request.accountId) return ok(run);
  const isAdmin = await request.administers();
  if (isAdmin.kind === 'problem') return isAdmin;
  return isAdmin.value ? ok(run) : err(UNKNOWN_RUN);
}

/**
 * The run that a payload names, when the user may let it go on or make another of it: one of their own, or anybody's
 * where Jira admins alone run in bulk.
 */
export async function readOwnRun(request: BulkRequest, payload: unknown): Promise<Result<Run>> {
  const seen = await readSeenRun(request, payload);
  if (seen.kind === 'problem') return seen;
  const problem = refusalOf(request, seen.value);
  return problem === null ? seen : err(problem);
}

/**
 * What stands in the user's way of letting a run go on, or of making another of it; null where nothing does.
 * @param act what is to be done, where that is something else than what the run does
 */
export function refusalOf(request: BulkRequest, { createdByAccountId, act: own }: Run, act = own): Problem | null {
  const { accountId, rules, refusal } = request;
  if (refusal !== null) return refusal;
  if (createdByAccountId !== accountId && !takesAccounts(rules.access)) return OTHERS_RUN;
  return gateOf(request, act.kind);
}

/** What stands in everybody's way of an act; null also where nothing is connected, which is told by itself. */
export function gateOf({ connection }: Pick<BulkRequest, 'connection'>, act: BulkAct['kind']): Problem | null {
  return connection.kind === 'ok' ? connection.value.refusals[act] : null;
}
