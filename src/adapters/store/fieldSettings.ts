import { kvs } from '@forge/kvs';
import { z } from 'zod';
import type { FieldSettings } from '../../contract';
import { endWithin, pastMoment } from './moments';

/** The key-value key under which it stands what the field shows. */
const SETTINGS_KEY = 'field';
/** Under which the field's id on this site stands. */
const ID_KEY = 'field-id';
/** Under which it stands how far its filling has come. */
const PROGRESS_KEY = 'field-progress';
/** Filling rests until Jira's next full hour at the latest. */
const LONGEST_REST_MS = 60 * 60 * 1_000;

const settingsSchema = z.object({
  version: z.literal(1),
  isOn: z.boolean(),
  segmentIds: z.array(z.int().positive()),
  changedAtMs: z.number(),
});
const progressSchema = z.object({
  sweep: z
    .object({ phase: z.enum(['links', 'filled']), after: z.string(), fingerprint: z.string(), begunAtMs: z.number() })
    .nullable(),
  swept: z.object({ fingerprint: z.string(), atMs: z.number() }).nullable(),
  restsUntilMs: z.number(),
  doneAtMs: z.number().nullable(),
});

/** What the field shows, and since when (milliseconds since the epoch; 0 before anybody chose). */
export type StoredField = FieldSettings & { readonly changedAtMs: number };
/**
 * How far the filling has come. `sweep`: where a look at everybody stands, by value, null while none is under way;
 * `swept`: the last one. `fingerprint` says for which state of the site. Times are milliseconds since the epoch.
 */
export type FieldFilling = Readonly<z.infer<typeof progressSchema>>;

/** What the field shows: nothing, until an admin has said so. Throws ForgeKvsError when storage fails. */
export async function readFieldSettings(): Promise<StoredField> {
  const stored = await kvs.get<unknown>(SETTINGS_KEY);
  if (stored === undefined) return { isOn: false, segmentIds: [], changedAtMs: 0 };
  const { isOn, segmentIds, changedAtMs } = settingsSchema.parse(stored);
  return { isOn, segmentIds, changedAtMs: pastMoment(changedAtMs) };
}

/** Stores what the field shows. Throws ForgeKvsError when storage fails. */
export async function writeFieldSettings({ isOn, segmentIds }: FieldSettings, nowMs: number): Promise<void> {
  await kvs.set(SETTINGS_KEY, { version: 1, isOn, segmentIds, changedAtMs: nowMs });
}

/** The field's id as it was learned last; null before. Throws ForgeKvsError when storage fails. */
export async function readKnownFieldId(): Promise<string | null> {
  return z
    .string()
    .nullable()
    .parse((await kvs.get<unknown>(ID_KEY)) ?? null);
}

/** Keeps the field's id, or forgets it. Throws ForgeKvsError when storage fails. */
export async function writeKnownFieldId(fieldId: string | null): Promise<void> {
  await (fieldId === null ? kvs.delete(ID_KEY) : kvs.set(ID_KEY, fieldId));
}

/** How far the filling has come. Throws ForgeKvsError when storage fails. */
export async function readFieldFilling(): Promise<FieldFilling> {
  const stored = await kvs.get<unknown>(PROGRESS_KEY);
  if (stored === undefined) return { sweep: null, swept: null, restsUntilMs: 0, doneAtMs: null };
  const filling = progressSchema.parse(stored);
  return { ...filling, restsUntilMs: endWithin(filling.restsUntilMs, LONGEST_REST_MS) };
}

/** Stores how far the filling has come. Throws ForgeKvsError when storage fails. */
export async function writeFieldFilling(filling: FieldFilling): Promise<void> {
  await kvs.set(PROGRESS_KEY, filling);
}
