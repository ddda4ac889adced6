import { kvs } from '@forge/kvs';
import { z } from 'zod';
import {
  ACTIONS,
  RULE_FAILURE_CAUSES,
  RULE_FAILURES_SHOWN,
  type RuleFailure,
  type RuleFailureCause,
  type RuleFailureCount,
} from '../../contract';
import { FAILURE_ENTITY, failureRowsSince } from './failures';
import { DAY_MS } from './moments';
import { storable } from './row';

const WEEK_DAYS = 7;
/** For how many days failures of rules are counted. */
const RULE_FAILURE_DAYS = 30;
/** So many of a cause and day are kept one by one; of more there is the number. */
const FAILURES_KEPT = 20;
/** Each cause on each day has a row. */
const MAX_ROWS = RULE_FAILURE_DAYS * RULE_FAILURE_CAUSES.length;

const oneSchema = z.object({
  operationId: z.string(),
  action: z.enum(ACTIONS),
  issueKey: z.string().optional(),
  atMs: z.number(),
});
const rowSchema = z.object({
  cause: z.enum(RULE_FAILURE_CAUSES),
  dayMs: z.number(),
  count: z.number(),
  lastAtMs: z.number(),
  latest: z.array(oneSchema),
});
type Row = z.infer<typeof rowSchema>;

/**
 * Records that an action of a rule failed: one row for each cause and day, with the latest of them one by one. It goes
 * by itself after thirty days. Of two at the very same moment one may be lost. Throws ForgeKvsError when storage
 * fails.
 */
export async function recordRuleFailure({ cause, ...failure }: RuleFailure): Promise<void> {
  const dayMs = Math.floor(failure.atMs / DAY_MS) * DAY_MS;
  const key = `rule.${cause}.${dayMs}`;
  const stored = await kvs.entity<unknown>(FAILURE_ENTITY).get(key);
  const before = stored === undefined ? null : rowSchema.parse(stored);
  // A change that is looked at twice is one failure.
  if (before?.latest.some(({ operationId }) => operationId === failure.operationId) === true) return;
  const row = {
    cause,
    dayMs,
    count: (before?.count ?? 0) + 1,
    lastAtMs: failure.atMs,
    latest: [storable(failure), ...(before?.latest ?? [])].slice(0, FAILURES_KEPT),
  };
  await kvs.entity<object>(FAILURE_ENTITY).set(key, row, { ttl: { value: RULE_FAILURE_DAYS, unit: 'DAYS' } });
}

/**
 * How often actions of rules failed in the last thirty days, by cause, the latest first. Throws ForgeKvsError when
 * storage fails.
 */
export async function readRuleFailures(nowMs: number): Promise<RuleFailureCount[]> {
  const counts = new Map<RuleFailureCause, RuleFailureCount>();
  for (const row of await rowsSince(nowMs - RULE_FAILURE_DAYS * DAY_MS)) {
    const known = counts.get(row.cause) ?? { cause: row.cause, lastWeek: 0, lastMonth: 0, lastAtMs: 0, latest: [] };
    counts.set(row.cause, {
      cause: row.cause,
      lastWeek: known.lastWeek + (row.dayMs > nowMs - WEEK_DAYS * DAY_MS ? row.count : 0),
      lastMonth: known.lastMonth + row.count,
      lastAtMs: Math.max(known.lastAtMs, row.lastAtMs),
      latest: [...known.latest, ...failuresOf(row)].slice(0, RULE_FAILURES_SHOWN),
    });
  }
  return [...counts.values()].sort((a, b) => b.lastAtMs - a.lastAtMs);
}

/**
 * The failure of this operation id, null where none of the last thirty days is kept. Throws ForgeKvsError when storage
 * fails.
 */
export async function findRuleFailure(operationId: string, nowMs: number): Promise<RuleFailure | null> {
  const rows = await rowsSince(nowMs - RULE_FAILURE_DAYS * DAY_MS);
  return rows.flatMap(failuresOf).find((failure) => failure.operationId === operationId) ?? null;
}

function failuresOf({ cause, latest }: Row): RuleFailure[] {
  return latest.map(({ issueKey, ...failure }) => ({ ...failure, issueKey: issueKey ?? null, cause }));
}

function rowsSince(sinceMs: number): Promise<Row[]> {
  return failureRowsSince('dayMs', sinceMs, MAX_ROWS, rowSchema);
}
