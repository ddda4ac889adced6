import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { WRITE_KINDS, type StrayNote } from '../../contract';
import { DAY_MS, pastMoment } from './moments';

const NOTED_KEY = 'noted-strays';
/** So many are kept: of the others the ledger tells. */
const MOST_NOTED = 20;
const KEPT_DAYS = 30;
const TTL = { ttl: { value: KEPT_DAYS, unit: 'DAYS' } } as const;

const noteSchema: z.ZodType<StrayNote> = z.object({
  operationId: z.string(),
  kind: z.enum(WRITE_KINDS),
  atMs: z.number(),
  count: z.int().positive(),
});
const notesSchema = z.object({ notes: z.array(z.unknown()) });

/**
 * Notes a write beside which others were changed, so that somebody looks. Of two at the very same moment one may be
 * lost here; the ledger has both. Throws ForgeKvsError when storage fails.
 */
export async function noteStrays(note: StrayNote): Promise<void> {
  const others = (await readNotes()).filter(({ operationId }) => operationId !== note.operationId);
  await writeNotes([note, ...others]);
}

/**
 * The writes of the last thirty days beside which others were changed, the latest first. Throws ForgeKvsError when
 * storage fails.
 */
export async function readNotedStrays(nowMs: number): Promise<readonly StrayNote[]> {
  return (await readNotes()).filter(({ atMs }) => atMs > nowMs - KEPT_DAYS * DAY_MS);
}

/** Forgets one of them, at which somebody has looked. Throws ForgeKvsError when storage fails. */
export async function forgetNotedStrays(operationId: string): Promise<void> {
  await writeNotes((await readNotes()).filter((note) => note.operationId !== operationId));
}

async function readNotes(): Promise<StrayNote[]> {
  const stored = notesSchema.safeParse(await kvs.get<unknown>(NOTED_KEY));
  // One that can't be read keeps the others from nobody.
  const notes = (stored.data?.notes ?? []).flatMap((one) => noteSchema.safeParse(one).data ?? []);
  return notes.map((note) => ({ ...note, atMs: pastMoment(note.atMs) }));
}

async function writeNotes(notes: readonly StrayNote[]): Promise<void> {
  if (notes.length === 0) await kvs.delete(NOTED_KEY);
  else await kvs.set(NOTED_KEY, { notes: notes.slice(0, MOST_NOTED) }, TTL);
}
