import { kvs, Sort, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import {
  ENTRY_POINTS,
  LEDGER_STATES,
  LINK_KINDS,
  LINK_ORIGINS,
  OUTCOME_REASONS,
  OUTCOMES,
  SHORTER_LOOP_CAUSES,
  type LedgerEntry,
  type LedgerRecord,
} from '../../contract';
import { AFTER_ALL, indexedOf, startOfTime } from './ledgerIndex';
import { setOnce } from './once';
import { readableOf, readRows } from './pages';
import { storable } from './row';
import { straysSchema } from './straysSchema';

/** The entity that keeps the ledger, keyed by operation id. */
export const LEDGER_ENTITY = 'ledger';

const segmentSchema = z.object({ id: z.int().positive(), name: z.string() });
const idsSchema = z.array(z.int().positive());
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

const endsSchema = z.union([
  z
    .object({ kind: z.literal('move'), fromSegment: segmentSchema, toSegment: segmentSchema })
    .transform(({ kind, fromSegment, toSegment }) => ({ kind, from: fromSegment, to: toSegment })),
  z
    .object({ kind: z.literal('remove'), fromSegment: segmentSchema })
    .transform(({ kind, fromSegment }) => ({ kind, from: fromSegment, to: null })),
  z
    .object({ kind: z.literal('add'), toSegment: segmentSchema })
    .transform(({ kind, toSegment }) => ({ kind, from: null, to: toSegment })),
]);

// Storage keeps no nulls: what is null in an entry is left out of the row.
const rowSchema = z.object({
  entryPoint: z.enum(ENTRY_POINTS),
  state: z.enum(LEDGER_STATES),
  actorAccountId: z.string(),
  reporterAccountId: orNull(z.string()),
  issueId: orNull(z.string()),
  issueKey: orNull(z.string()),
  members: z.array(
    z.object({
      memberId: z.int().positive(),
      outcome: orNull(z.enum(OUTCOMES)),
      reason: orNull(z.enum(OUTCOME_REASONS)),
    }),
  ),
  form: orNull(z.string()),
  answer: orNull(
    z.object({
      status: orNull(z.number()),
      cause: orNull(z.enum(SHORTER_LOOP_CAUSES)),
      count: orNull(z.number()),
    }),
  ),
  strays: orNull(straysSchema),
  witnesses: z
    .object({ from: idsSchema, to: idsSchema, others: idsSchema, inPart: idsSchema.exactOptional() })
    .exactOptional(),
  intendedAtMs: z.number(),
  finishedAtMs: orNull(z.number()),
  recoveredAtMs: orNull(z.number()),
  undoes: orNull(z.string()),
  runId: orNull(z.string()),
  apiClientId: orNull(z.string()),
  requestDigest: orNull(z.string()),
});

const linkSchema = rowSchema
  .extend({
    kind: z.enum(LINK_KINDS),
    how: z.enum(LINK_ORIGINS),
    actorAccountId: orNull(z.string()),
    reporterAccountId: z.string(),
  })
  .transform((row) => ({ ...row, from: null, to: null }));
const kindSchema = z.object({ kind: z.string() });

/** Whether an intention is new, or which row its operation id already has. */
export type Recorded = { readonly kind: 'recorded' } | { readonly kind: 'duplicate'; readonly entry: LedgerEntry };

/**
 * Records a write before it is sent. An operation id is taken once and for ever, which is what makes
 * a write that is asked for twice happen at most once. Throws ForgeKvsError when storage fails: then
 * nothing may be sent.
 */
export async function recordIntended(entry: LedgerEntry): Promise<Recorded> {
  const refusal = await setOnce(LEDGER_ENTITY, entry.operationId, entryRow(entry));
  if (refusal === null) return { kind: 'recorded' };
  const taken = await readEntry(entry.operationId);
  if (taken === null) throw refusal;
  return { kind: 'duplicate', entry: taken };
}

/** Replaces an unfinished row by what became of it. Throws ForgeKvsError when storage fails. */
export async function recordOutcome(entry: LedgerEntry): Promise<void> {
  await kvs.entity<object>(LEDGER_ENTITY).set(entry.operationId, entryRow(entry));
}

/** One write by its operation id, null when there is none. Throws ForgeKvsError when storage fails. */
export async function readEntry(operationId: string): Promise<LedgerEntry | null> {
  const row = await kvs.entity<unknown>(LEDGER_ENTITY).get(operationId);
  return parseEntry(operationId, row);
}

/** How many rows of a reporter are read for their latest writes: links and unlinks stand among them. */
const ROWS_LOOKED_AT = 25;

/**
 * The latest writes about a reporter, newest first, without what was done to their link.
 * @param limit at most {@link ROWS_LOOKED_AT}
 */
export async function recentEntries(reporterAccountId: string, limit: number): Promise<LedgerEntry[]> {
  const { rows } = await readRows(
    kvs
      .entity<unknown>(LEDGER_ENTITY)
      .query()
      .index('by-reporter', { partition: [reporterAccountId] })
      .sort(Sort.DESC),
    ROWS_LOOKED_AT,
  );
  return readableOf(rows, ({ key, value }) => parseEntry(key, value) ?? [])
    .flat()
    .slice(0, limit);
}

/** So many of a member's latest writes are looked at for one that explains where they are now. */
const WRITES_LOOKED_AT = 20;

/**
 * The latest writes about a member since a time (milliseconds since the epoch), newest first. The query may not show
 * the last seconds' rows. Throws ForgeKvsError when storage fails.
 */
export async function recentWritesAbout(memberId: number, sinceMs: number): Promise<LedgerEntry[]> {
  const { rows } = await readRows(
    kvs
      .entity<unknown>(LEDGER_ENTITY)
      .query()
      .index('by-member', { partition: [memberId] })
      .where(WhereConditions.between(startOfTime(sinceMs), AFTER_ALL))
      .sort(Sort.DESC),
    WRITES_LOOKED_AT,
  );
  return readableOf(rows, ({ key, value }) => parseEntry(key, value) ?? []).flat();
}

/** Parses a write; null where there is no row, or where it is about a link. */
export function parseEntry(operationId: string, row: unknown): LedgerEntry | null {
  return row === undefined || isAboutLink(row) ? null : entryOf(operationId, row);
}

/** A write from its stored row. Throws when it is none. */
export function entryOf(operationId: string, row: unknown): LedgerEntry {
  return { operationId, ...rowSchema.parse(row), ...endsSchema.parse(row) };
}

/** A row of the ledger, whatever it records. Throws when it is none. */
export function recordOf(operationId: string, row: unknown): LedgerRecord {
  return isAboutLink(row) ? { operationId, ...linkSchema.parse(row) } : entryOf(operationId, row);
}

function isAboutLink(row: unknown): boolean {
  const { kind } = kindSchema.parse(row);
  return LINK_KINDS.some((one) => one === kind);
}

/** A stored write; the time is what every row has, so that its absence shows that there is none. */
export type EntryRow = { readonly intendedAtMs: number };

/** A write as it is stored. */
export function entryRow(entry: LedgerRecord): EntryRow {
  const { operationId: _key, from, to, ...attributes } = entry;
  return {
    ...storable({ ...attributes, fromSegment: from, toSegment: to, ...indexedOf(entry) }),
    intendedAtMs: entry.intendedAtMs,
  };
}
