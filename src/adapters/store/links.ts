import { randomUUID } from 'node:crypto';
import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { LINK_ORIGINS, type EntryPoint, type LinkOrigin } from '../../contract';
import type { LinkState } from '../../domain/people';
import { forEachGroup, inGroupsOf } from './groups';
import { entryRow, LEDGER_ENTITY } from './ledger';
import { setOnce } from './once';
import { readRows } from './pages';

/** The entity that keeps links, keyed by the reporter's account id. */
export const LINK_ENTITY = 'link';

/** Who made or undid a link, when and from where; `byAccountId` null for the app itself. */
export type LinkAct = {
  readonly byAccountId: string | null;
  readonly atMs: number;
  readonly entryPoint: EntryPoint;
  /** The issue on which it was asked for; null for none in particular. */
  readonly issue: { readonly issueId: string; readonly issueKey: string } | null;
};

const storedSchema = z.object({
  state: z.enum(['linked', 'unlinked']),
  memberId: z.int().positive(),
  how: z.enum(LINK_ORIGINS),
  byAccountId: z.string().optional(),
  atMs: z.number(),
});
/** A link's row. */
export type StoredLink = z.infer<typeof storedSchema>;

/** Parses a stored link; undefined stands for none. */
export function parseLink(stored: unknown): LinkState {
  if (stored === undefined) return { state: 'none' };
  const link = storedSchema.parse(stored);
  if (link.state === 'unlinked') return { state: 'unlinked' };
  return {
    state: 'linked',
    memberId: link.memberId,
    link: { how: link.how, byAccountId: link.byAccountId ?? null, atMs: link.atMs },
  };
}

/** The link of a reporter. Throws ForgeKvsError when storage fails. */
export async function readLink(reporterAccountId: string): Promise<LinkState> {
  return parseLink(await kvs.entity<unknown>(LINK_ENTITY).get(reporterAccountId));
}

/**
 * Links a reporter to a member, in place of what stood there, with a row in the ledger. Throws ForgeKvsError when
 * storage fails: then neither is stored.
 */
export async function writeLink(
  reporterAccountId: string,
  memberId: number,
  how: LinkOrigin,
  act: LinkAct,
): Promise<LinkState> {
  return put(reporterAccountId, linkRow('linked', memberId, how, act), act);
}

/**
 * Links a reporter of whom nothing is stored yet. When someone linked or unlinked them meanwhile,
 * theirs stands. Throws ForgeKvsError when storage fails.
 * @param operationId of the row in the ledger, which is recorded before: the same one when it is tried again
 * @returns what is stored now
 */
export async function writeFirstLink(
  reporterAccountId: string,
  memberId: number,
  operationId: string,
  act: LinkAct,
): Promise<LinkState> {
  const link = linkRow('linked', memberId, 'email', act);
  const isNew = await recordFirst(operationId, entryOfLink(reporterAccountId, link, operationId, act));
  const refusal = await setOnce(LINK_ENTITY, reporterAccountId, link);
  if (refusal === null) return parseLink(link);
  const now = await readLink(reporterAccountId);
  const isSame = now.state === 'linked' && now.memberId === memberId;
  if (isNew && !isSame) await kvs.entity(LEDGER_ENTITY).delete(operationId);
  if (now.state === 'none') throw refusal;
  return now;
}

/** Records a link once; false when its row stands already, made by another look at the same reporter. */
async function recordFirst(operationId: string, row: object): Promise<boolean> {
  const refusal = await setOnce(LEDGER_ENTITY, operationId, row);
  if (refusal === null) return true;
  if ((await kvs.entity<unknown>(LEDGER_ENTITY).get(operationId)) === undefined) throw refusal;
  return false;
}

/**
 * Takes a link back by hand, with a row in the ledger. The mark stays, so that the app does not link the same two
 * again on its own. Throws ForgeKvsError when storage fails: then nothing is stored.
 */
export async function writeUnlinked(reporterAccountId: string, memberId: number, act: LinkAct): Promise<LinkState> {
  return put(reporterAccountId, linkRow('unlinked', memberId, 'manual', act), act);
}

/** Up to this many members are looked up one by one; for more, all links are read. */
const MAX_MEMBERS_ONE_BY_ONE = 40;
/** How many reporters one member has at most, as far as anybody looks. */
const MAX_LINKS_A_MEMBER = 1_000;
/** The most that Forge returns at once. */
const PAGE = 100;

/** A reporter with the member whom they are linked to. */
export type LinkedPair = { readonly accountId: string; readonly memberId: number };

/**
 * The account ids of everyone who is linked to one of these members, each once. Throws ForgeKvsError when storage
 * fails.
 */
export async function linkedAccounts(memberIds: readonly number[]): Promise<string[]> {
  return (await linkedPairs(memberIds)).map(({ accountId }) => accountId);
}

/**
 * Everyone who is linked to one of these members; a member may have several reporters. Throws ForgeKvsError when
 * storage fails.
 */
export async function linkedPairs(memberIds: readonly number[]): Promise<LinkedPair[]> {
  return memberIds.length <= MAX_MEMBERS_ONE_BY_ONE ? pairsOneByOne(memberIds) : pairsOfAll(new Set(memberIds));
}

/**
 * Who is linked to each of these members, by member id, asked for one by one; who has no account is left out. Throws
 * ForgeKvsError when storage fails.
 */
export async function accountsByMember(memberIds: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
  const accounts = new Map<number, string[]>();
  for (const { accountId, memberId } of await pairsOneByOne([...new Set(memberIds)]))
    accounts.set(memberId, [...(accounts.get(memberId) ?? []), accountId]);
  return accounts;
}

async function pairsOneByOne(memberIds: readonly number[]): Promise<LinkedPair[]> {
  const found = await forEachGroup(inGroupsOf(memberIds, 1), async ([memberId = 0]) => {
    const { rows } = await readRows(
      kvs.entity<unknown>(LINK_ENTITY).query().index('memberId').where(WhereConditions.equalTo(memberId)),
      MAX_LINKS_A_MEMBER,
    );
    return rows.flatMap(({ key, value }) => pairOf(key, value));
  });
  return found.flat();
}

async function pairsOfAll(memberIds: ReadonlySet<number>): Promise<LinkedPair[]> {
  const pairs: LinkedPair[] = [];
  let cursor: string | undefined;
  do {
    const query = kvs.entity<unknown>(LINK_ENTITY).query().index('memberId').limit(PAGE);
    const { results, nextCursor } = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
    pairs.push(
      ...results.flatMap(({ key, value }) => pairOf(key, value)).filter(({ memberId }) => memberIds.has(memberId)),
    );
    cursor = nextCursor;
  } while (cursor !== undefined);
  return pairs;
}

function pairOf(accountId: string, stored: unknown): LinkedPair[] {
  const link = parseLink(stored);
  return link.state === 'linked' ? [{ accountId, memberId: link.memberId }] : [];
}

async function put(reporterAccountId: string, link: StoredLink, act: LinkAct): Promise<LinkState> {
  const operationId = randomUUID();
  await kvs
    .transact()
    .set(reporterAccountId, link, { entityName: LINK_ENTITY })
    .set(operationId, entryOfLink(reporterAccountId, link, operationId, act), { entityName: LEDGER_ENTITY })
    .execute();
  return parseLink(link);
}

/** A link as it is stored. */
export function linkRow(
  state: StoredLink['state'],
  memberId: number,
  how: LinkOrigin,
  act: Pick<LinkAct, 'byAccountId' | 'atMs'>,
): StoredLink {
  const by = act.byAccountId === null ? {} : { byAccountId: act.byAccountId };
  return { state, memberId, how, ...by, atMs: act.atMs };
}

/** The row of the ledger that goes with a link. */
export function entryOfLink(
  reporterAccountId: string,
  { state, memberId, how }: StoredLink,
  operationId: string,
  { byAccountId, atMs, entryPoint, issue }: LinkAct,
): object {
  return entryRow({
    operationId,
    kind: state === 'linked' ? 'link' : 'unlink',
    from: null,
    to: null,
    how,
    entryPoint,
    state: 'finished',
    actorAccountId: byAccountId,
    reporterAccountId,
    issueId: issue?.issueId ?? null,
    issueKey: issue?.issueKey ?? null,
    members: [{ memberId, outcome: 'confirmed', reason: null }],
    form: null,
    answer: null,
    strays: null,
    intendedAtMs: atMs,
    finishedAtMs: atMs,
    recoveredAtMs: null,
    undoes: null,
    runId: null,
    apiClientId: null,
    requestDigest: null,
  });
}
