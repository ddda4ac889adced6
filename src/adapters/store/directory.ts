import { kvs } from '@forge/kvs';
import { z } from 'zod';
import type { ConnectionSettings } from '../../contract';
import type { Directory } from '../../domain/people';
import { pastMoment } from './moments';
import { bytesOf, deleteParts, PART_BYTES, partsNameSchema, readParts, writeParts, type PartsName } from './parts';

/** The key-value key under which the directory's metadata stands. */
export const DIRECTORY_KEY = 'directory';
/** How often it is looked for again where a refresh has just put another one in its place. */
const TRIES = 3;

/** Of which Shorter Loop the directory tells: ids mean nothing in another one. */
export type DirectorySource = Pick<ConnectionSettings, 'apiOrigin' | 'initiativeId'>;

/** What stands above the members' rows. `complete` is null until a refresh has come to its end. */
export type DirectoryMeta = { readonly source: DirectorySource; readonly complete: Directory | null };

const segmentSchema = z.object({
  id: z.int().positive(),
  name: z.string(),
  members: z.int(),
  unreadable: z.literal(true).exactOptional(),
});
const timesSchema = z.object({ asOfMs: z.number(), finishedAtMs: z.number() });
const rowSchema = z.object({
  version: z.literal(1),
  source: z.object({ apiOrigin: z.string(), initiativeId: z.int().positive() }),
  /** The segments stand in the row itself, or in parts where they are too many for it. */
  complete: z
    .union([timesSchema.extend({ segments: z.array(segmentSchema) }), timesSchema.extend({ parts: partsNameSchema })])
    .nullable(),
});
type Row = z.infer<typeof rowSchema>;

/**
 * The directory's metadata by what stands under {@link DIRECTORY_KEY}; null when nothing does. On a usual site that is
 * all, and nothing more is read. Throws when it is of no known version, and ForgeKvsError when storage fails.
 */
export async function directoryOf(stored: unknown): Promise<DirectoryMeta | null> {
  let row = stored === undefined ? null : rowSchema.parse(stored);
  for (let tried = 0; row !== null && tried < TRIES; tried += 1) {
    const segments = await segmentsOf(row);
    if (segments !== null) return metaOf(row, segments);
    row = await readRow();
  }
  // Its parts are gone: that is as if no refresh had come to its end yet.
  return row === null ? null : { source: row.source, complete: null };
}

/** The directory's metadata, null before the first refresh began. Throws ForgeKvsError when storage fails. */
export async function readDirectory(): Promise<DirectoryMeta | null> {
  return directoryOf(await kvs.get<unknown>(DIRECTORY_KEY));
}

/**
 * Replaces the directory's metadata; only a refresh does. Whoever reads it meanwhile has the one before or this one,
 * and never a mixture. Throws ForgeKvsError when storage fails.
 */
export async function writeDirectory({ source, complete }: DirectoryMeta): Promise<void> {
  const before = partsIn(await readRow());
  const isLong = complete !== null && bytesOf(complete.segments) > PART_BYTES;
  if (complete === null || !isLong) await kvs.set(DIRECTORY_KEY, { version: 1, source, complete });
  else {
    const { asOfMs, finishedAtMs, segments } = complete;
    const parts = await writeParts(DIRECTORY_KEY, segments);
    await kvs.set(DIRECTORY_KEY, { version: 1, source, complete: { asOfMs, finishedAtMs, parts } });
  }
  if (before !== null) await deleteParts(DIRECTORY_KEY, before);
}

async function readRow(): Promise<Row | null> {
  const stored = await kvs.get<unknown>(DIRECTORY_KEY);
  return stored === undefined ? null : rowSchema.parse(stored);
}

function partsIn(row: Row | null): PartsName | null {
  return row?.complete != null && 'parts' in row.complete ? row.complete.parts : null;
}

async function segmentsOf({ complete }: Row): Promise<Directory['segments'] | null> {
  if (complete === null) return [];
  return 'parts' in complete ? readParts(DIRECTORY_KEY, complete.parts, segmentSchema) : complete.segments;
}

function metaOf({ source, complete }: Row, segments: Directory['segments']): DirectoryMeta {
  if (complete === null) return { source, complete };
  const { asOfMs, finishedAtMs } = complete;
  // One that seems to be of later than now would pass for fresh until then.
  return { source, complete: { asOfMs: pastMoment(asOfMs), finishedAtMs, segments } };
}

/** Whether a head tells of the Shorter Loop that the settings name. */
export function isOf(
  directoryMeta: Pick<DirectoryMeta, 'source'>,
  { apiOrigin, initiativeId }: DirectorySource,
): boolean {
  return directoryMeta.source.apiOrigin === apiOrigin && directoryMeta.source.initiativeId === initiativeId;
}
