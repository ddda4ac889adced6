import { z } from 'zod';
import { badRequest, LIMITS } from './limits';
import type { MetadataFields, WriteRequest } from './requests';

/** How a row is kept in a snapshot. */
export const rowSchema = z.object({
  key: z.string(),
  value: z.unknown(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  expiresAtMs: z.number().nullable(),
});

/** One stored value. */
export type Row = z.infer<typeof rowSchema>;

const UNIT_MS = { SECONDS: 1_000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 } as const;

/**
 * The row that a write leaves, given the one that stood there. Refuses a TTL that is no positive whole
 * number, or more than a year.
 */
export function nextRow({ key, value, options }: WriteRequest, previous: Row | undefined, nowMs: number): Row {
  const ttl = options?.ttl;
  if (ttl !== undefined && !(Number.isInteger(ttl.value) && ttl.value > 0))
    throw badRequest('INVALID_TTL', `TTL value must be a positive integer, received: ${ttl.value}`);
  const ttlMs = ttl === undefined ? null : ttl.value * UNIT_MS[ttl.unit];
  if (ttlMs !== null && ttlMs > LIMITS.ttlMs) throw badRequest('INVALID_TTL', 'A time to live is at most one year');
  return {
    key,
    value: copyOf(value),
    createdAtMs: previous?.createdAtMs ?? nowMs,
    updatedAtMs: nowMs,
    expiresAtMs: ttlMs === null ? null : nowMs + ttlMs,
  };
}

/** A row as the store answers it, with the metadata that was asked for. */
export function rowAnswer(row: Row, fields: MetadataFields): Record<string, unknown> {
  const { key, createdAtMs, updatedAtMs, expiresAtMs } = row;
  return {
    key,
    value: copyOf(row.value),
    ...(fields?.includes('CREATED_AT') === true ? { createdAt: createdAtMs } : {}),
    ...(fields?.includes('UPDATED_AT') === true ? { updatedAt: updatedAtMs } : {}),
    ...(fields?.includes('EXPIRE_TIME') === true && expiresAtMs !== null
      ? { expireTime: new Date(expiresAtMs).toISOString() }
      : {}),
  };
}

/** A copy of JSON: of small values `structuredClone` makes one many times slower. */
function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}
