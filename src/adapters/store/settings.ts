import { kvs } from '@forge/kvs';
import { z } from 'zod';
import {
  DEFAULT_PROFILE,
  MANAGE_ROUTES,
  PROOFS,
  READ_PLANS,
  WRITE_KINDS,
  type ConnectionSettings,
  type ProofName,
  type Proofs,
  type ReadCall,
  type SiteProfile,
  type WriteKind,
  type WriteStop,
} from '../../contract';
import { profileSchema } from './profileSchema';
import { straysSchema } from './straysSchema';

/** The key-value key under which the settings stand. */
export const SETTINGS_KEY = 'settings';
/** How often a stop is written again that somebody else's save has just lost. */
const TRIES = 5;

/** The settings as stored, with who saved them and when (milliseconds since the epoch). */
export type StoredSettings = {
  readonly connection: ConnectionSettings;
  readonly savedAtMs: number;
  readonly savedByAccountId: string;
  /** What has been proven with this very connection. */
  readonly proofs: Proofs;
  /** The kinds of writes that rest, because others were changed beside one. */
  readonly stops: readonly WriteStop[];
};

const stopSchema: z.ZodType<WriteStop> = z.object({
  kind: z.enum(WRITE_KINDS),
  atMs: z.number(),
  operationId: z.string(),
  fromSegmentId: z.int().positive().nullable(),
  toSegmentId: z.int().positive().nullable(),
  strays: straysSchema,
});

const common = {
  savedAtMs: z.number(),
  savedByAccountId: z.string(),
  // Beside the connection that they are about, so that no entry point has to read them by themselves.
  proofs: z.partialRecord(z.enum(PROOFS), z.number()).default({}),
};
const storedSchema = z.object({
  version: z.literal(2),
  connection: z.object({ apiOrigin: z.string(), initiativeId: z.int().positive(), profile: profileSchema }),
  stops: z.array(stopSchema).default([]),
  ...common,
});

const oldDialect = z.enum(['put-segment-users', 'post-manage-users']);
/** What was stored before there were profiles. */
const firstSchema = z.object({
  version: z.literal(1),
  connection: z.object({
    apiOrigin: z.string(),
    initiativeId: z.int().positive(),
    authScheme: z.string(),
    moveDialect: oldDialect,
    removeDialect: oldDialect,
    readPlan: z.enum(READ_PLANS),
    routes: z.partialRecord(z.enum(['listSegments', 'segmentWithMembers', 'segmentsWithMembers']), z.string()),
    manageRoutes: z.partialRecord(z.enum(MANAGE_ROUTES), z.string()).default({}),
  }),
  ...common,
});

const settingsSchema = z.discriminatedUnion('version', [firstSchema, storedSchema]);

/** Parses what stands under {@link SETTINGS_KEY}; null when nothing does. Throws when it is of no known version. */
export function parseSettings(stored: unknown): StoredSettings | null {
  if (stored === undefined) return null;
  // By the version first: every entry point reads the settings.
  const parsed = settingsSchema.parse(stored);
  if (parsed.version === 1) return upgraded(parsed);
  const { connection, savedAtMs, savedByAccountId, proofs, stops } = parsed;
  return { connection, savedAtMs, savedByAccountId, proofs, stops };
}

/** The site's settings, null until an admin saved them. Throws ForgeKvsError when storage fails. */
export async function readSettings(): Promise<StoredSettings | null> {
  return parseSettings(await kvs.get<unknown>(SETTINGS_KEY));
}

/** Stores settings that the admin entry point has checked. Throws ForgeKvsError when storage fails. */
export async function writeSettings(settings: StoredSettings): Promise<void> {
  await kvs.set(SETTINGS_KEY, { version: 2, ...settings });
}

/**
 * Records what was proven, or no longer holds (`atMs` null), about the connection that `settings` are
 * of. Does nothing when an admin has saved another one meanwhile. Throws ForgeKvsError when storage fails.
 */
export async function recordProof(settings: StoredSettings, name: ProofName, atMs: number | null): Promise<void> {
  await changeOf(settings, (now) => {
    const { [name]: _before, ...others } = now.proofs;
    return { ...now, proofs: atMs === null ? others : { ...others, [name]: atMs } };
  });
}

/**
 * Keeps what a check or a test has learned, with what it proves. Does nothing when an admin has saved another
 * connection meanwhile. Throws ForgeKvsError when storage fails.
 */
export async function saveProfile(settings: StoredSettings, profile: SiteProfile, proofs: Proofs): Promise<void> {
  await changeOf(settings, (now) => ({ ...now, connection: { ...now.connection, profile }, proofs }));
}

/**
 * Lets a kind of write rest for the whole site, beside what rests already. A save of the same moment could lose it, so
 * that it is read again. Throws ForgeKvsError when storage fails.
 */
export async function recordStop(stop: WriteStop): Promise<void> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const now = await readSettings();
    if (now === null || now.stops.some(({ kind }) => kind === stop.kind)) return;
    await writeSettings({ ...now, stops: [...now.stops, stop] });
  }
}

/**
 * Lets a kind of write be made again, once it is proven again. A save of the same moment could bring the stop back, so
 * that it is read again. Throws ForgeKvsError when storage fails.
 * @returns what rests as it was read last
 */
export async function clearStops(kind: WriteKind): Promise<readonly WriteStop[]> {
  for (let tried = 0; ; tried += 1) {
    const now = await readSettings();
    const stops = now?.stops ?? [];
    if (now === null || tried >= TRIES || !stops.some((stop) => stop.kind === kind)) return stops;
    const { [kind]: _before, ...proofs } = now.proofs;
    await writeSettings({ ...now, proofs, stops: stops.filter((stop) => stop.kind !== kind) });
  }
}

async function changeOf({ savedAtMs }: StoredSettings, change: (now: StoredSettings) => StoredSettings): Promise<void> {
  const now = await readSettings();
  if (now !== null && now.savedAtMs === savedAtMs) await writeSettings(change(now));
}

/** Settings of the first version, as a profile: nothing in them was learned. */
function upgraded({ connection, savedAtMs, savedByAccountId, proofs }: z.infer<typeof firstSchema>): StoredSettings {
  const { apiOrigin, initiativeId, authScheme, moveDialect, removeDialect, readPlan, routes, manageRoutes } =
    connection;
  const { reads, writes } = DEFAULT_PROFILE;
  const read = (call: ReadCall) => ({ ...reads[call], path: routes[call] ?? reads[call].path });
  const verb = (dialect: z.infer<typeof oldDialect>) => (dialect === 'put-segment-users' ? 'PUT' : 'POST');
  const word = (dialect: z.infer<typeof oldDialect>) =>
    dialect === 'put-segment-users' ? 'segment-users' : 'manage-users';
  const profile: SiteProfile = {
    ...DEFAULT_PROFILE,
    key: { header: 'Authorization', scheme: authScheme },
    readPlan,
    reads: {
      listSegments: read('listSegments'),
      segmentWithMembers: read('segmentWithMembers'),
      segmentsWithMembers: read('segmentsWithMembers'),
    },
    writes: {
      ...writes,
      move: {
        ...writes.move,
        verb: verb(moveDialect),
        path: `/api/v2/segments/{from}/${word(moveDialect)}/{to}`,
      },
      remove: {
        ...writes.remove,
        verb: verb(removeDialect),
        path: `/api/v2/segments/{from}/${word(removeDialect)}`,
      },
    },
    manage: manageRoutes,
  };
  return { connection: { apiOrigin, initiativeId, profile }, savedAtMs, savedByAccountId, proofs, stops: [] };
}
