import { z } from 'zod';
import type { Site } from './site';

/** Something that was stored: under which key, of which entity (null for a plain key), and the value. */
export type StoredValue = { readonly entityName: string | null; readonly key: string; readonly value: unknown };

const valueSchema = z.object({ key: z.string(), value: z.unknown(), entityName: z.string().optional() });

/**
 * Listens to everything that is written from now on, what is deleted again included; secrets are left out.
 * @returns what was written so far
 */
export function recordWrites({ platform }: Site): () => readonly StoredValue[] {
  const written: StoredValue[] = [];
  platform.intercept((call, _proceed, init) => {
    if (call.kind === 'kvs' && !call.path.includes('/secret/'))
      written.push(...valuesIn(JSON.parse(init.body ?? '{}')));
    return undefined;
  });
  return () => written;
}

/** The values in the body of a request to storage, whichever form it has: one, a list, a transaction. */
function valuesIn(body: unknown): StoredValue[] {
  if (Array.isArray(body)) return body.flatMap(valuesIn);
  if (typeof body !== 'object' || body === null) return [];
  const { data } = valueSchema.safeParse(body);
  if (data?.value !== undefined) return [{ entityName: data.entityName ?? null, key: data.key, value: data.value }];
  return Object.values(body).flatMap(valuesIn);
}

/** The name under which the documentation has a key: of one that names a segment or a viewer, what comes before. */
export function documentedName(key: string): string {
  return key.replace(
    /^(roster|board-count|directory|refresh-list|changed-members|field-issue|add-request):.+$/,
    '$1:…',
  );
}
