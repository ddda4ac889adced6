import { randomUUID } from 'node:crypto';
import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { deleteAll, readAll, type Place } from './batch';
import { forEachGroup, inGroupsOf, KEYS_AT_ONCE } from './groups';

/**
 * Lists that may be longer than Forge lets one value be, in parts of their own. A list is written whole under a name
 * that it has alone, and is never changed: whoever holds the row that names it reads that list and no other, or finds
 * that there is a newer one.
 */

/** The name of a list in parts, as it stands in the row that the list belongs to, and how many parts it has. */
export type PartsName = { readonly id: string; readonly count: number };

/** What a stored name of parts looks like. */
export const partsNameSchema: z.ZodType<PartsName> = z.object({ id: z.string(), count: z.int().nonnegative() });

/** What one part has at most, in bytes of JSON: Forge takes 240 KiB in a value (documented). */
export const PART_BYTES = 200_000;
/**
 * A part that nothing names any more, because its process died, goes by itself; a list that is in use is written anew
 * long before.
 */
const KEPT = { ttl: { value: 90, unit: 'DAYS' } } as const;
/** How many parts are read with one call: some 2 MB. */
const READ_AT_ONCE = 10;

const partSchema = z.object({ items: z.array(z.unknown()) });

/** How long a value is as Forge counts it: its bytes as JSON. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Stores a list under a name of its own. Throws ForgeKvsError when storage fails. */
export async function writeParts(list: string, items: readonly unknown[]): Promise<PartsName> {
  const parts = partsOf(items);
  const name = { id: randomUUID(), count: parts.length };
  const numbered = parts.map((part, nth) => ({ key: keyOf(list, name, nth), part }));
  await forEachGroup(inGroupsOf(numbered, 1), async ([one]) => {
    if (one !== undefined) await kvs.set(one.key, { items: one.part }, KEPT);
  });
  return name;
}

/**
 * A list by its name; null where it is there no longer, as there is a newer one. Throws ForgeKvsError when storage
 * fails.
 */
export async function readParts<T>(list: string, name: PartsName, item: z.ZodType<T>): Promise<T[] | null> {
  const places = placesOf(list, name);
  const read = await forEachGroup(inGroupsOf(places, READ_AT_ONCE), async (some) => {
    const at = await readAll(some);
    return some.map(at);
  });
  const parts = read.flat();
  if (parts.some((part) => part === undefined)) return null;
  return z.array(item).parse(parts.flatMap((part) => partSchema.parse(part).items));
}

/** Forgets a list that no row names any more. Throws ForgeKvsError when storage fails; then it goes by itself. */
export async function deleteParts(list: string, name: PartsName): Promise<void> {
  for (const some of inGroupsOf(placesOf(list, name), KEYS_AT_ONCE)) await deleteAll(some);
}

function placesOf(list: string, name: PartsName): Place[] {
  return Array.from({ length: name.count }, (_none, nth) => ({ key: keyOf(list, name, nth) }));
}

function keyOf(list: string, { id }: PartsName, nth: number): string {
  return `${list}:${id}:${String(nth)}`;
}

/** Items in their order, in parts none of which is longer than it may be. */
function partsOf(items: readonly unknown[]): unknown[][] {
  const parts: unknown[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const added = bytesOf(item) + 1;
    if (bytes + added > PART_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(item);
    bytes += added;
  }
  return parts;
}
