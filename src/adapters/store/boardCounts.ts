import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { deleteAll, readAll, type Place } from './batch';
import { ensureBlindName } from './emailKey';
import { inGroupsOf, KEYS_AT_ONCE } from './groups';
import { pastMoment } from './moments';

/** What the keys of all kept counts begin with. */
const PREFIX = 'board-count:';
/** How long a count is kept. */
const COUNT_KEPT_MS = 24 * 60 * 60 * 1_000;
/**
 * Forge deletes what has expired within 48 hours, and may still return it meanwhile (documented): whoever reads looks
 * at the time too.
 */
const TTL = { ttl: { value: 1, unit: 'DAYS' } } as const;
const PAGE = 100;
/**
 * From so many rows on, a page of a count goes into the next part. A page adds 1,000 rows at most of up to 40 bytes,
 * so that no part passes the 240 KiB that Forge stores under a key (documented).
 */
export const PART_IS_FULL = 5_000;
/** How many parts are answered at once: their rows stay below the 5 MB that Forge passes to a page. */
export const PARTS_AT_ONCE = 10;

const countRow = z.tuple([z.number().nullable(), z.string(), z.number()]);
const partSchema = z.object({ nextPage: z.number(), asOfMs: z.number(), issues: z.number(), rows: z.array(countRow) });
const headSchema = z.object({ countId: z.string(), parts: z.number(), issues: z.number(), asOfMs: z.number() });

/**
 * How many issues of a month a member reported, as {@link CountPart} keeps it: the member's id, the month, the
 * number.
 */
export type CountRow = z.infer<typeof countRow>;
/**
 * A part of a count. `nextPage` is the page that comes after those in it, `issues` how many are counted in it and in
 * the parts before, `asOfMs` the moment up to which issues are counted (milliseconds since the epoch).
 */
export type CountPart = z.infer<typeof partSchema>;
/** A count that came to its end. */
type CountHead = z.infer<typeof headSchema>;
/** Whose count it is, of which project, and by which Shorter Loop its members are known. */
export type CountOf = {
  readonly viewerAccountId: string;
  readonly projectKey: string;
  readonly apiOrigin: string;
  readonly initiativeId: number;
};

/** The counts of one viewer and project. */
export type Counts = {
  readonly readHead: (nowMs: number) => Promise<CountHead | null>;
  readonly writeHead: (head: CountHead) => Promise<void>;
  /** Parts by their place, at most 25; null where there is none. */
  readonly readParts: (countId: string, parts: readonly number[]) => Promise<(CountPart | null)[]>;
  readonly writePart: (countId: string, part: number, value: CountPart) => Promise<void>;
};

/**
 * The kept counts of one viewer of one project. Which issues are counted depends on what this viewer may browse, so
 * that each viewer has counts of their own, and nobody is shown another's. Their name is an HMAC: from a key of
 * storage neither the account nor the project can be told, and there is no account id to erase. Someone who may browse
 * less than before sees the old numbers for a day at most. All functions throw ForgeKvsError when storage fails.
 * @see https://developer.atlassian.com/platform/forge/storage-reference/entities-api/
 */
export async function countsOf({ viewerAccountId, projectKey, apiOrigin, initiativeId }: CountOf): Promise<Counts> {
  const blind = await ensureBlindName();
  const named = JSON.stringify(['board-count', viewerAccountId, projectKey, apiOrigin, initiativeId]);
  const name = `${PREFIX}${blind(named)}`;
  const partPlace = (countId: string, part: number): Place => ({ key: `${name}:${countId}:${String(part)}` });
  return {
    readHead: async (nowMs) => {
      const stored = await kvs.get<unknown>(name);
      const head = stored === undefined ? null : headSchema.parse(stored);
      return head === null || nowMs - pastMoment(head.asOfMs) >= COUNT_KEPT_MS ? null : head;
    },
    writeHead: async (head) => {
      await kvs.set(name, head, TTL);
    },
    readParts: async (countId, parts) => {
      if (parts.length === 0) return [];
      const at = await readAll(parts.map((part) => partPlace(countId, part)));
      return parts.map((part) => {
        const stored = at(partPlace(countId, part));
        return stored === undefined ? null : partSchema.parse(stored);
      });
    },
    writePart: async (countId, part, value) => {
      await kvs.set(partPlace(countId, part).key, value, TTL);
    },
  };
}

/** Deletes all kept counts. Throws ForgeKvsError when storage fails. */
export async function deleteCounts(): Promise<void> {
  let cursor: string | undefined;
  do {
    const query = kvs.query().where('key', WhereConditions.beginsWith(PREFIX)).limit(PAGE);
    const { results, nextCursor } = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
    for (const group of inGroupsOf(results, KEYS_AT_ONCE)) await deleteAll(group.map(({ key }) => ({ key })));
    cursor = nextCursor;
  } while (cursor !== undefined);
}
