import { kvs } from '@forge/kvs';
import { z } from 'zod';
import {
  DIALECTS,
  MANAGE_ROUTES,
  PROOFS,
  READ_PLANS,
  type ConnectionSettings,
  type ProofName,
  type Proofs,
} from '../../contract';

/** The key-value key under which the settings stand. */
export const SETTINGS_KEY = 'settings';

/** The settings as stored, with who saved them and when (milliseconds since the epoch). */
export type StoredSettings = {
  readonly connection: ConnectionSettings;
  readonly savedAtMs: number;
  readonly savedByAccountId: string;
  /** What has been proven with this very connection. */
  readonly proofs: Proofs;
};

const connectionSchema = z.object({
  apiOrigin: z.string(),
  initiativeId: z.int().positive(),
  authScheme: z.string(),
  moveDialect: z.enum(DIALECTS),
  removeDialect: z.enum(DIALECTS),
  readPlan: z.enum(READ_PLANS),
  canAdd: z.boolean().default(false),
  routes: z.object({
    listSegments: z.string().exactOptional(),
    segmentWithMembers: z.string().exactOptional(),
    segmentsWithMembers: z.string().exactOptional(),
  }),
  manageRoutes: z.partialRecord(z.enum(MANAGE_ROUTES), z.string()).exactOptional(),
});

const storedSchema = z.object({
  version: z.literal(1),
  connection: connectionSchema,
  savedAtMs: z.number(),
  savedByAccountId: z.string(),
  // Beside the connection that they are about, so that no entry point has to read them by themselves.
  proofs: z.partialRecord(z.enum(PROOFS), z.number()).default({}),
});

/** Parses what stands under {@link SETTINGS_KEY}; null when nothing does. Throws when it is of no known version. */
export function parseSettings(stored: unknown): StoredSettings | null {
  return stored === undefined ? null : storedSchema.parse(stored);
}

/** The site's settings, null until an admin saved them. Throws ForgeKvsError when storage fails. */
export async function readSettings(): Promise<StoredSettings | null> {
  return parseSettings(await kvs.get<unknown>(SETTINGS_KEY));
}

/** Stores settings that the admin entry point has checked. Throws ForgeKvsError when storage fails. */
export async function writeSettings(settings: StoredSettings): Promise<void> {
  await kvs.set(SETTINGS_KEY, { version: 1, ...settings });
}

/**
 * Records what was proven, or no longer holds (`atMs` null), about the connection that `settings` are
 * of. Does nothing when an admin has saved another one meanwhile. Throws ForgeKvsError when storage fails.
 */
export async function recordProof({ savedAtMs }: StoredSettings, name: ProofName, atMs: number | null): Promise<void> {
  const now = await readSettings();
  if (now === null || now.savedAtMs !== savedAtMs) return;
  const { [name]: _before, ...others } = now.proofs;
  await writeSettings({ ...now, proofs: atMs === null ? others : { ...others, [name]: atMs } });
}
