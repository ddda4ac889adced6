import { ok, type Result } from '../../contract';
import { SYNC_KEPT_POINTS } from '../../usecases/identity';
import { fromJira } from '../../usecases/result';
import { spendJiraPoints } from '../../usecases/connection';
import { pointsOfUsers, readUsers } from '../../adapters/jira';
import { reportersIn, type IdentitySync } from '../../adapters/store';
import { lookAndNote } from './note';
import type { SyncChange } from './session';
import type { SyncTools } from './tools';

/** How many are looked at in one step. */
const PAGE = 90;

/**
 * Looks again at some of those whose rules have changed: who is certain once linking is switched on, whom a domain
 * makes one. Throws ForgeKvsError when storage fails.
 */
export async function relook(sync: IdentitySync, tools: SyncTools): Promise<Result<(now: IdentitySync) => SyncChange>> {
  const [first] = sync.relook;
  if (first === undefined) return ok(() => ({}));
  const { reporters, next } = await reportersIn(first.state, first.after, PAGE);
  const accountIds = reporters.map(({ accountId }) => accountId);
  const looked = accountIds.length === 0 ? ok(0) : await lookAgain(accountIds, tools);
  if (looked.kind === 'problem') return looked;
  return ok((now) => ({
    points: now.points + looked.value,
    relook: now.relook.flatMap((one) => {
      if (one.state !== first.state || one.after !== first.after) return [one];
      return next === null ? [] : [{ state: one.state, after: next }];
    }),
  }));
}

async function lookAgain(accountIds: readonly string[], tools: SyncTools): Promise<Result<number>> {
  const points = pointsOfUsers(accountIds.length);
  const spent = await spendJiraPoints(points, SYNC_KEPT_POINTS);
  if (spent.kind === 'problem') return spent;
  await tools.fetches.take(1);
  const users = fromJira(await readUsers(accountIds, 'app'));
  if (users.kind === 'problem') return users;
  const looked = await lookAndNote(users.value, () => 'known', tools);
  return looked.kind === 'ok' ? ok(points + looked.value) : looked;
}
