import { z } from 'zod';
import { type AccessRule, type Result, type Problem, type ProjectScope, ok, err } from '../../../contract';
import { authorize } from '../../../usecases/access';
import { connect, type Connected } from '../../../usecases/connection';
import { handlePageRequest, type ResolverRequest } from '../../../usecases/result';
import type { Run } from '../../../domain/runs';
import { readKey, readRun, readToChange, type DirectoryMeta } from '../../../adapters/store';

/** A request of someone who has just been proved to be allowed to move people in bulk. */
export type BulkRequest = {
  readonly accountId: string;
  readonly rule: AccessRule;
  readonly scope: ProjectScope;
  readonly connected: Connected;
  readonly directoryMeta: DirectoryMeta | null;
};

const contextSchema = z.object({ accountId: z.string().min(1) });
const runIdSchema = z.object({ runId: z.uuid() });
const UNKNOWN_RUN: Problem = { code: 'run', cause: 'unknown' };

/**
 * Turns a function of the bulk page into a resolver function: Jira is asked as the user whether they may,
 * before anything else is done.
 * @param name the name under which the page invokes it, for the log
 */
export function bulkFunction<T>(name: string, work: (request: BulkRequest, payload: unknown) => Promise<Result<T>>) {
  return (request: ResolverRequest): Promise<Result<T>> =>
    handlePageRequest(name, async () => {
      const context = contextSchema.safeParse(request.context);
      if (!context.success) return err({ code: 'notPermitted', needed: 'ADMINISTER' });
      const [key, { settings, tokenBucket, access, scope, directoryMeta }] = await Promise.all([
        readKey(),
        readToChange(),
      ]);
      const permitted = await authorize({ kind: 'user' }, ['bulk'], { kind: 'anywhere' }, { access, scope });
      if (permitted.kind === 'problem') return permitted;
      const connected = connect(settings, key, tokenBucket);
      if (connected.kind === 'problem') return connected;
      return work(
        { accountId: context.data.accountId, rule: access.bulk, scope, connected: connected.value, directoryMeta },
        request.payload,
      );
    });
}

/** Whether someone may see every run: others' runs tell of reporters of issues that they may not see. */
export function seesAllRuns({ rule }: BulkRequest): boolean {
  return rule.permission === 'ADMINISTER';
}

/** The run that a payload names, when the user may see it. */
export async function readOwnRun(request: BulkRequest, payload: unknown): Promise<Result<Run>> {
  const parsed = runIdSchema.safeParse(payload);
  const run = parsed.success ? await readRun(parsed.data.runId) : null;
  if (run === null || (run.createdByAccountId !== request.accountId && !seesAllRuns(request))) return err(UNKNOWN_RUN);
  return ok(run);
}
