import { err, ok, type ProjectScope, type Result, type Segment } from '../../contract';
import { resolveSegment } from '../../domain/segments';
import { directoryFor } from '../../usecases/lookup';
import {
  linkedAccounts,
  readChunk,
  readDirectory,
  readProjectScope,
  readSettings,
  readStarts,
  updatedMembers,
} from '../../adapters/store';

/** The people of a segment; null where the text means no one segment. */
type PeopleOf = (segment: string) => Promise<readonly string[] | null>;

/** From what answers are computed, for one invocation. */
export type JqlSource = {
  readonly peopleOf: PeopleOf;
  /** In which projects the function may answer. */
  readonly scope: ProjectScope;
};

/** Why nothing can be told now: the site has no connection, or its directory was never complete. */
export type NoSource = 'notConfigured' | 'noDirectory';

/**
 * Reads who is in which segment from the directory alone: whoever may search must not cause calls to Shorter Loop.
 * Each segment is read once. People are known by their links, so that a member who was never linked is not found.
 * Throws ForgeKvsError when storage fails.
 */
export async function readSource(): Promise<Result<JqlSource, NoSource>> {
  const [settings, directoryMeta, scope] = await Promise.all([readSettings(), readDirectory(), readProjectScope()]);
  if (settings === null) return err('notConfigured');
  const directory = directoryFor(settings.connection, directoryMeta);
  if (directory === null) return err('noDirectory');
  const read = new Map<number, readonly string[]>();
  const peopleOf: PeopleOf = async (text) => {
    const found = resolveSegment(directory.segments, text);
    if (found.kind !== 'found') return null;
    const known = read.get(found.segment.id) ?? (await linkedAccounts(await membersOf(found.segment)));
    read.set(found.segment.id, known);
    return known;
  };
  return ok({ peopleOf, scope });
}

/** The members of a segment as of the last refresh, with what single looks and writes have shown since. */
async function membersOf({ id }: Segment): Promise<number[]> {
  const starts = await readStarts(id);
  const memberIds = new Set<number>();
  for (const start of starts) {
    const { synced, leaving } = await readChunk(id, start);
    for (const memberId of synced.keys()) if (!leaving.has(memberId)) memberIds.add(memberId);
  }
  for (const { memberId, segmentIds } of await updatedMembers(Date.now() + 1)) {
    if (segmentIds.includes(id)) memberIds.add(memberId);
    else memberIds.delete(memberId);
  }
  return [...memberIds];
}
