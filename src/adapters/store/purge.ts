import { kvs, WhereConditions } from '@forge/kvs';
import { resumesByItself } from '../../contract';
import { API_CLIENT_ENTITY } from './apiClients';
import { deleteAll } from './batch';
import { deleteCounts } from './boardCounts';
import { CHANGE_QUEUE_ENTITY } from './changeQueue';
import { BLIND_SECRET } from './emailKey';
import { inGroupsOf, KEYS_AT_ONCE } from './groups';
import { API_KEY_SECRET } from './key';
import { readRows } from './pages';
import { PENDING_LOOK_ENTITY } from './pendingLooks';
import { QUEUE_ADMISSION_ENTITY } from './queueAdmissions';
import { QUEUED_CHANGE_ENTITY } from './queuedChanges';
import { changeRun, runsInState } from './runs';

/** The most that Forge returns at once. */
const PAGE = 100;

/**
 * What goes at once when the app is uninstalled, each part on its own and by its name: first what opens an entry point
 * or makes a call to Shorter Loop, then what would go on by itself, should the app come back to this storage. Each
 * goes as far as it gets and throws the first failure then; what is gone already is no failure, so that each can be
 * done again until it succeeds.
 */
export const PURGES: readonly (readonly [name: string, purge: () => Promise<void>])[] = [
  ['api-key', () => kvs.deleteSecret(API_KEY_SECRET)],
  ['api-clients', () => deleteEveryRow(API_CLIENT_ENTITY)],
  ['blind-key', () => kvs.deleteSecret(BLIND_SECRET)],
  ['queues', () => deleteEveryRow(CHANGE_QUEUE_ENTITY)],
  ['queue-admission', () => deleteEveryRow(QUEUE_ADMISSION_ENTITY)],
  ['queued-changes', () => deleteEveryRow(QUEUED_CHANGE_ENTITY)],
  ['pending-looks', () => deleteEveryRow(PENDING_LOOK_ENTITY)],
  ['runs', pauseRuns],
  ['counts', deleteCounts],
];

/**
 * Deletes the rows of an entity, however many, by their keys alone: one that can't be parsed goes too. The platform's
 * own index by key is used, so that what is deleted meanwhile moves nothing.
 */
async function deleteEveryRow(entityName: string): Promise<void> {
  const failures: unknown[] = [];
  let after: string | null = null;
  do {
    const query = kvs.entity<unknown>(entityName).query().index('by-key');
    const { rows, isAll }: Awaited<ReturnType<typeof readRows<{ key: string }>>> = await readRows(
      after === null ? query : query.where(WhereConditions.greaterThan(after)),
      PAGE,
    );
    for (const some of inGroupsOf(rows, KEYS_AT_ONCE)) failures.push(...(await deleteEach(entityName, some)));
    after = isAll ? null : (rows.at(-1)?.key ?? null);
  } while (after !== null);
  if (failures.length > 0) throw failures[0];
}

/** Deletes rows together; where that fails, one by one, so that one that can't be deleted keeps none of the others. */
async function deleteEach(entityName: string, rows: readonly { readonly key: string }[]): Promise<unknown[]> {
  try {
    await deleteAll(rows.map(({ key }) => ({ key, entityName })));
    return [];
  } catch {
    const failures: unknown[] = [];
    for (const { key } of rows)
      await kvs
        .entity<object>(entityName)
        .delete(key)
        .catch((error: unknown) => void failures.push(error));
    return failures;
  }
}

/** Has runs rest until somebody resumes them: nobody is there who watches them, and others may come back. */
async function pauseRuns(): Promise<void> {
  const failures: unknown[] = [];
  for (const state of ['running', 'paused'] as const)
    for await (const { runId } of runsInState(state))
      await changeRun(runId, (run) =>
        run.state === 'running' || (run.state === 'paused' && resumesByItself(run.pause))
          ? { ...run, state: 'paused', pause: { by: 'user' }, changedAtMs: Date.now() }
          : null,
      ).catch((error: unknown) => void failures.push(error));
  if (failures.length > 0) throw failures[0];
}
