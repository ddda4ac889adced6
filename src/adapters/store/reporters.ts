import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { DISMISSALS, SYNC_STATES, type Dismissal, type SyncState } from '../../contract';
import type { IssueCount } from '../../domain/people';
import { readMany, type Place } from './batch';
import { readableOf, readRows } from './pages';
import { storable } from './row';

/** The entity that keeps what is known of each reporter, keyed by account id. */
export const REPORTER_ENTITY = 'reporter';

/** What is known of a reporter: no name and no address. */
export type KnownReporter = {
  readonly accountId: string;
  readonly state: SyncState;
  /** About how many issues they reported. */
  readonly issues: number;
  /** The member whom they are linked to, or would be; null where there is none, or not one. */
  readonly memberId: number | null;
  /** The key of the address by which they were looked for; null where Jira told none. */
  readonly emailKey: string | null;
  /** When they were looked at, milliseconds since the epoch. */
  readonly checkedAtMs: number;
  readonly dismissed: Dismissal | null;
  readonly count: IssueCount | null;
  /** For which cycle's numbers by domain they are counted; null for none. */
  readonly domainCycleId: string | null;
};

const countSchema = z.object({
  cycleId: z.string(),
  projectId: z.string(),
  lowest: z.int(),
  issues: z.int(),
  earlier: z.int(),
});
const rowSchema = z.object({
  state: z.enum(SYNC_STATES),
  issues: z.int(),
  memberId: z.number().optional(),
  emailKey: z.string().optional(),
  checkedAtMs: z.number(),
  dismissed: z.enum(DISMISSALS).optional(),
  count: countSchema.optional(),
  domainCycleId: z.string().optional(),
});
/** Under what a row stands, also where nothing else of it can be read. */
const orderSchema = z.object({ reviewOrder: z.string() });
const place = (accountId: string): Place => ({ key: accountId, entityName: REPORTER_ENTITY });

/**
 * What is stored of these reporters; those of whom nothing is are left out. Throws ForgeKvsError when storage fails.
 */
export function readReporters(accountIds: readonly string[]): Promise<Map<string, KnownReporter>> {
  return readMany(accountIds, place, reporterOf);
}

/**
 * Reporters in one state, those with the most issues first. The query may not show the last seconds' changes.
 * @param after what the one before them stands under, null for the first ones
 * @returns `next` what the following ones come after, null when there are none
 */
export async function reportersIn(
  state: SyncState,
  after: string | null,
  limit: number,
): Promise<{ readonly reporters: readonly KnownReporter[]; readonly next: string | null }> {
  const query = kvs
    .entity<unknown>(REPORTER_ENTITY)
    .query()
    .index('by-state', { partition: [state] });
  const { rows, isAll } = await readRows(
    after === null ? query : query.where(WhereConditions.greaterThan(after)),
    limit,
  );
  const reporters = readableOf(rows, ({ key, value }) => reporterOf(key, value));
  const last = rows.flatMap(({ value }) => orderSchema.safeParse(value).data?.reviewOrder ?? []).at(-1);
  return { reporters, next: isAll || last === undefined ? null : last };
}

/**
 * Reporters who were looked for by this address: more than one where accounts share it. The query may not show the
 * last seconds' changes. Throws ForgeKvsError when storage fails.
 */
export async function reportersByEmailKey(emailKey: string): Promise<readonly KnownReporter[]> {
  const query = kvs.entity<unknown>(REPORTER_ENTITY).query().index('emailKey');
  const { rows } = await readRows(query.where(WhereConditions.equalTo(emailKey)), MOST_OF_ONE_ADDRESS);
  return rows.map(({ key, value }) => reporterOf(key, value));
}

/** So many accounts of one address are looked at, at most. */
const MOST_OF_ONE_ADDRESS = 100;

/** A reporter as they are stored. */
export function reporterRow({ accountId, ...reporter }: KnownReporter): object {
  return storable({ ...reporter, reviewOrder: orderOf({ accountId, ...reporter }) });
}

/** More issues than any site has. */
const MOST_ISSUES = 9_999_999_999;

/** Under what a reporter stands among those in their state: the more issues, the earlier. */
function orderOf({ accountId, issues }: Pick<KnownReporter, 'accountId' | 'issues'>): string {
  return `${String(MOST_ISSUES - issues).padStart(10, '0')}:${accountId}`;
}

function reporterOf(accountId: string, stored: unknown): KnownReporter {
  const { memberId, emailKey, dismissed, count, domainCycleId, ...row } = rowSchema.parse(stored);
  return {
    accountId,
    ...row,
    memberId: memberId ?? null,
    emailKey: emailKey ?? null,
    dismissed: dismissed ?? null,
    count: count ?? null,
    domainCycleId: domainCycleId ?? null,
  };
}
