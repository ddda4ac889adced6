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
import { changeGuarded } from './guarded';
import { profileSchema } from './profileSchema';
import { straysSchema } from './straysSchema';

/** The key-value key under which the settings stand. */
export const SETTINGS_KEY = 'settings';

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

/**
 * Changes the settings, each change on the condition that nobody else made one meanwhile: an admin's save, what is
 * proven and what rests are written side by side, and none may undo another. Throws ForgeKvsError when storage fails.
 * @param change what the settings become; null where they stay as they are. It may be asked more than once
 */
export async function changeSettings(change: (now: StoredSettings | null) => StoredSettings | null): Promise<void> {
  await changeGuarded(SETTINGS_KEY, (stored) => {
    const next = change(parseSettings(stored));
    return next === null ? null : { version: 2, ...next };
  });
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

/** Lets a kind of write rest for the whole site, beside what rests already. Throws ForgeKvsError when storage fails. */
export async function recordStop(stop: WriteStop): Promise<void> {
  await changeSettings((now) =>
    now === null || now.stops.some(({ kind }) => kind === stop.kind) ? null : { ...now, stops: [...now.stops, stop] },
  );
}

/**
 * Lets a kind of write be made again, once it is proven again. Throws ForgeKvsError when storage fails.
 * @returns what rests then
 */
export async function clearStops(kind: WriteKind): Promise<readonly WriteStop[]> {
  let stops: readonly WriteStop[] = [];
  await changeSettings((now) => {
    const before = now?.stops ?? [];
    stops = before.filter((stop) => stop.kind !== kind);
    if (now === null || stops.length === before.length) return null;
    const { [kind]: _before, ...proofs } = now.proofs;
    return { ...now, proofs, stops };
  });
  return stops;
}

async function changeOf({ savedAtMs }: StoredSettings, change: (now: StoredSettings) => StoredSettings): Promise<void> {
  await changeSettings((now) => (now !== null && now.savedAtMs === savedAtMs ? change(now) : null));
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
