import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  DIALECTS,
  HEADER_TOKEN,
  MAX_KEY_LENGTH,
  MAX_SCHEME_LENGTH,
  MANAGE_ROUTES,
  READ_PLANS,
  ROUTE_NAMES,
  type Result,
  type ConnectionSettings,
  type ConnectionView,
  type SaveInput,
  ok,
  err,
} from '../../../contract';
import { connect } from '../../../usecases/connection';
import { parseInput } from '../../../usecases/result';
import { checkOrigin, checkRouteTemplate } from '../../../adapters/shorterloop';
import {
  readTokenBucket,
  readSettings,
  readStoredKey,
  writeKey,
  writeSettings,
  type StoredSettings,
} from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { connectionViewOf } from './view';

const token = (maximum: number) => z.string().trim().regex(HEADER_TOKEN).max(maximum);

const saveSchema: z.ZodType<SaveInput> = z.object({
  settings: z.object({
    apiOrigin: z.string().trim(),
    initiativeId: z.int().positive(),
    authScheme: token(MAX_SCHEME_LENGTH),
    moveDialect: z.enum(DIALECTS),
    removeDialect: z.enum(DIALECTS),
    readPlan: z.enum(READ_PLANS),
    canAdd: z.boolean(),
    routes: z.object({
      listSegments: z.string().trim().exactOptional(),
      segmentWithMembers: z.string().trim().exactOptional(),
      segmentsWithMembers: z.string().trim().exactOptional(),
    }),
    manageRoutes: z.partialRecord(z.enum(MANAGE_ROUTES), z.string().trim()).exactOptional(),
  }),
  key: token(MAX_KEY_LENGTH).nullable(),
});

/**
 * Stores the connection. Everything is checked before anything is written; the key is written first,
 * so that settings never stand for a key that could not be kept. A key that replaces another is tried
 * by asking with it: one that Shorter Loop does not accept leaves everything as it is.
 */
export async function save({ adminAccountId }: AdminRequest, payload: unknown): Promise<Result<ConnectionView>> {
  const input = parseInput(saveSchema, payload);
  if (input.kind === 'problem') return input;
  const { settings, key } = input.value;
  const checked = checkConnection(settings);
  if (checked.kind === 'problem') return checked;
  const [before, oldKey] = await Promise.all([readSettings(), readStoredKey()]);
  const savedAtMs = Math.max(Date.now(), (before?.savedAtMs ?? 0) + 1);
  const stored: StoredSettings = {
    connection: settings,
    savedAtMs,
    savedByAccountId: adminAccountId,
    proofs: stillProven(before, settings),
  };
  const changed = key === null ? null : { key, storedAtMs: Date.now() };
  if (changed !== null && oldKey !== null) {
    const tried = await tryKey(stored, changed.key);
    if (tried.kind === 'problem') return tried;
  }
  if (changed !== null) await writeKey(changed.key, changed.storedAtMs);
  // Where there was no key before, nothing was asked yet.
  const kept: StoredSettings = changed !== null && oldKey === null ? { ...stored, proofs: {} } : stored;
  await writeSettings(kept);
  return ok(connectionViewOf({ settings: kept, key: changed ?? oldKey }));
}

/** Asks with a new key before the old one is dropped. */
async function tryKey(settings: StoredSettings, key: string): Promise<Result<true>> {
  const connected = connect(settings, key, await readTokenBucket());
  if (connected.kind === 'problem') return connected;
  const list = await connected.value.client.listSegments();
  if (list.kind === 'ok') return ok(true);
  const { cause, status } = list.problem;
  return err({ code: 'newKeyRefused', cause, status });
}

/**
 * What was proven holds for the connection that it was proven with, and for no other. Whether rules may add is no
 * part of it.
 */
function stillProven(before: StoredSettings | null, settings: ConnectionSettings): StoredSettings['proofs'] {
  if (before === null) return {};
  const { canAdd: _now, ...now } = settings;
  const { canAdd: _then, ...then } = before.connection;
  return isDeepStrictEqual(now, then) ? before.proofs : {};
}

function checkConnection(settings: ConnectionSettings): Result<true> {
  const origin = checkOrigin(settings.apiOrigin);
  if (origin !== null) return err({ code: 'invalidInput', field: 'settings.apiOrigin', reason: origin });
  const overrides = [
    ...ROUTE_NAMES.map((name) => [`routes.${name}`, name, settings.routes[name]] as const),
    ...MANAGE_ROUTES.map((name) => [`manageRoutes.${name}`, name, settings.manageRoutes?.[name]] as const),
  ];
  for (const [field, name, template] of overrides) {
    const reason = template === undefined ? null : checkRouteTemplate(name, template);
    if (reason !== null) return err({ code: 'invalidInput', field: `settings.${field}`, reason });
  }
  return ok(true);
}
