import { ok, type Result } from '../../contract';
import { PROJECT_NOT_VISIBLE } from '../../usecases/access';
import { withinJiraBudget } from '../../usecases/connection';
import { fromJira } from '../../usecases/result';
import { reportersAmong } from '../../adapters/jira';
import { readLinks } from '../../adapters/store';

/** How many issues one search reads: few reporters have written them, and the others are asked for next. */
const ISSUES_A_SEARCH = 100;
/** How many searches are made. Whoever is not found by then is taken for one who reports nothing. */
const SEARCHES = 10;

/** A reporter's account, and the member whom a query of the links has for it. */
type Pair = { readonly accountId: string; readonly memberId: number };

/**
 * Which members report in a project: they are linked to somebody who reported at least one of its issues that the
 * user sees. The query of links may be behind, so that each link is read by its key; what is not known counts as no.
 * Throws ForgeKvsError when storage fails.
 */
export async function membersReportingIn(
  projectKey: string,
  pairs: readonly Pair[],
): Promise<Result<ReadonlySet<number>>> {
  const links = await readLinks([...new Set(pairs.map(({ accountId }) => accountId))]);
  const memberOf = new Map(
    [...links].flatMap(([accountId, link]) => (link.state === 'linked' ? [[accountId, link.memberId] as const] : [])),
  );
  const reported = await accountsReportingIn(projectKey, [...memberOf.keys()]);
  if (reported.kind === 'problem') return reported;
  return ok(
    new Set([...memberOf].flatMap(([accountId, memberId]) => (reported.value.has(accountId) ? [memberId] : []))),
  );
}

async function accountsReportingIn(
  projectKey: string,
  accountIds: readonly string[],
): Promise<Result<ReadonlySet<string>>> {
  const found = new Set<string>();
  for (let searches = 0; searches < SEARCHES; searches += 1) {
    const open = accountIds.filter((accountId) => !found.has(accountId));
    if (open.length === 0) break;
    const asked = await withinJiraBudget(ISSUES_A_SEARCH + 1, () => reportersAmong(projectKey, open, ISSUES_A_SEARCH));
    if (asked.kind === 'problem') return asked;
    const page = fromJira(asked.value, PROJECT_NOT_VISIBLE);
    if (page.kind === 'problem') return page;
    for (const accountId of page.value.reported) found.add(accountId);
    if (page.value.isAll) break;
  }
  return ok(found);
}
