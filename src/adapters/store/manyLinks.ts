import { randomUUID } from 'node:crypto';
import { kvs, WhereConditions } from '@forge/kvs';
import type { ExportedLink, LinkPair } from '../../contract';
import type { LinkState } from '../../domain/people';
import { deleteAll, readAll, type Place } from './batch';
import { forEachGroup, inGroupsOf, KEYS_AT_ONCE } from './groups';
import { LEDGER_ENTITY } from './ledger';
import { entryOfLink, LINK_ENTITY, linkRow, parseLink, type LinkAct } from './links';
import { readableOf } from './pages';

/** How many rows one answer of the export holds, at least; a member's links are never torn apart. */
const EXPORT_ROWS = 1_000;
/** The most that Forge returns at once. */
const PAGE = 100;

/** The links of many reporters by account id; one without a row is `none`. Throws ForgeKvsError when storage fails. */
export async function readLinks(accountIds: readonly string[]): Promise<ReadonlyMap<string, LinkState>> {
  const place = (accountId: string): Place => ({ key: accountId, entityName: LINK_ENTITY });
  const read = await forEachGroup(inGroupsOf(accountIds, KEYS_AT_ONCE), async (group) => {
    const at = await readAll(group.map(place));
    return group.map((accountId): [string, LinkState] => [accountId, parseLink(at(place(accountId)))]);
  });
  return new Map(read.flat());
}

/**
 * Links many reporters, each in place of what stood there, and with a row in the ledger, which is recorded first and
 * taken back where the link can't be stored. Throws ForgeKvsError when storage fails as a whole.
 * @returns the account ids whose row storage refused
 */
export async function writeImportedLinks(pairs: readonly LinkPair[], act: LinkAct): Promise<ReadonlySet<string>> {
  const refused = await forEachGroup(inGroupsOf(pairs, KEYS_AT_ONCE), async (group) => {
    const links = group.map(({ accountId, memberId }) => {
      const operationId = randomUUID();
      const link = linkRow('linked', memberId, 'import', act);
      return { accountId, operationId, link, entry: entryOfLink(accountId, link, operationId, act) };
    });
    const unrecorded = await refusedKeys(
      links.map(({ operationId, entry }) => ({ key: operationId, entityName: LEDGER_ENTITY, value: entry })),
    );
    const recorded = links.filter(({ operationId }) => !unrecorded.has(operationId));
    const unlinked = await refusedKeys(
      recorded.map(({ accountId, link }) => ({ key: accountId, entityName: LINK_ENTITY, value: link })),
    );
    await deleteAll(
      recorded
        .filter(({ accountId }) => unlinked.has(accountId))
        .map(({ operationId }) => ({ key: operationId, entityName: LEDGER_ENTITY })),
    );
    return links
      .filter(({ accountId, operationId }) => unrecorded.has(operationId) || unlinked.has(accountId))
      .map(({ accountId }) => accountId);
  });
  return new Set(refused.flat());
}

type BatchRow = { readonly key: string; readonly entityName: string; readonly value: object };

async function refusedKeys(rows: readonly BatchRow[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  return new Set((await kvs.batchSet([...rows])).failedKeys.map(({ key }) => key));
}

/**
 * Stored links by member id, from the one after `afterMemberId` on (null: from the first), some
 * {@link EXPORT_ROWS} of them. Throws ForgeKvsError when storage fails.
 */
export async function readLinksAfter(
  afterMemberId: number | null,
): Promise<{ readonly links: readonly ExportedLink[]; readonly next: number | null }> {
  const links: ExportedLink[] = [];
  // The cursor lives within this call only: what is told to the outside is a value.
  let cursor: string | undefined;
  do {
    const query = kvs
      .entity<unknown>(LINK_ENTITY)
      .query()
      .index('memberId')
      .where(WhereConditions.greaterThan(afterMemberId ?? 0))
      .limit(PAGE);
    const { results, nextCursor } = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
    const page = readableOf(results, ({ key, value }) => exported(key, parseLink(value))).flat();
    const full =
      links.length < EXPORT_ROWS ? -1 : page.findIndex(({ memberId }) => memberId !== links.at(-1)?.memberId);
    links.push(...(full === -1 ? page : page.slice(0, full)));
    if (full !== -1) return { links, next: links.at(-1)?.memberId ?? null };
    cursor = nextCursor;
  } while (cursor !== undefined);
  return { links, next: null };
}

function exported(accountId: string, link: LinkState): ExportedLink[] {
  return link.state === 'linked' ? [{ accountId, memberId: link.memberId, how: link.link.how }] : [];
}
