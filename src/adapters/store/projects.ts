import { kvs } from '@forge/kvs';
import { z } from 'zod';
import type { ProjectScope } from '../../contract';

/** The key-value key under which it stands in which projects the app may be used. */
export const PROJECTS_KEY = 'projects';

const storedSchema = z.object({
  version: z.literal(1),
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({
      kind: z.literal('only'),
      projects: z.array(z.object({ id: z.string().min(1), key: z.string(), name: z.string() })),
    }),
  ]),
});

/** Parses what stands under {@link PROJECTS_KEY}; undefined stands for all. Throws when it is of no known version. */
export function parseProjectScope(stored: unknown): ProjectScope {
  return stored === undefined ? { kind: 'all' } : storedSchema.parse(stored).scope;
}

/** In which projects the app may be used. Throws ForgeKvsError when storage fails. */
export async function readProjectScope(): Promise<ProjectScope> {
  return parseProjectScope(await kvs.get<unknown>(PROJECTS_KEY));
}

/**
 * Stores in which projects the app may be used; the admin entry point has checked it. Throws ForgeKvsError when
 * storage fails.
 */
export async function writeProjectScope(scope: ProjectScope): Promise<void> {
  await kvs.set(PROJECTS_KEY, { version: 1, scope });
}
