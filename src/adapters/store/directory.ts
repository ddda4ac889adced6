import { kvs } from '@forge/kvs';
import { z } from 'zod';
import type { ConnectionSettings } from '../../contract';
import type { Directory } from '../../domain/people';
import { pastMoment } from './moments';

/** The key-value key under which the directory's metadata stands. */
export const DIRECTORY_KEY = 'directory';

/** Of which Shorter Loop the directory tells: ids mean nothing in another one. */
export type DirectorySource = Pick<ConnectionSettings, 'apiOrigin' | 'initiativeId'>;

/** What stands above the members' rows. `complete` is null until a refresh has come to its end. */
export type DirectoryMeta = { readonly source: DirectorySource; readonly complete: Directory | null };

const metaSchema = z.object({
  version: z.literal(1),
  source: z.object({ apiOrigin: z.string(), initiativeId: z.int().positive() }),
  complete: z
    .object({
      asOfMs: z.number(),
      finishedAtMs: z.number(),
      segments: z.array(z.object({ id: z.int().positive(), name: z.string(), members: z.int() })),
    })
    .nullable(),
});

/** Parses what stands under {@link DIRECTORY_KEY}; null when nothing does. Throws when it is of no known version. */
export function parseDirectory(stored: unknown): DirectoryMeta | null {
  if (stored === undefined) return null;
  const { source, complete } = metaSchema.parse(stored);
  if (complete === null) return { source, complete };
  // One that seems to be of later than now would pass for fresh until then.
  return { source, complete: { ...complete, asOfMs: pastMoment(complete.asOfMs) } };
}

/** The head of the directory, null before the first refresh began. Throws ForgeKvsError when storage fails. */
export async function readDirectory(): Promise<DirectoryMeta | null> {
  return parseDirectory(await kvs.get<unknown>(DIRECTORY_KEY));
}

/** Replaces the directory's metadata; only a refresh does. Throws ForgeKvsError when storage fails. */
export async function writeDirectory(directoryMeta: DirectoryMeta): Promise<void> {
  await kvs.set(DIRECTORY_KEY, { version: 1, ...directoryMeta });
}

/** Whether a head tells of the Shorter Loop that the settings name. */
export function isOf(
  directoryMeta: Pick<DirectoryMeta, 'source'>,
  { apiOrigin, initiativeId }: DirectorySource,
): boolean {
  return directoryMeta.source.apiOrigin === apiOrigin && directoryMeta.source.initiativeId === initiativeId;
}
