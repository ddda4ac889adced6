import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  DEFAULT_PROFILE,
  HEADER_TOKEN,
  isKeyHeader,
  MAX_KEY_LENGTH,
  PROOFS,
  type Evidence,
  type ProfileAspect,
  type ProofName,
  type Result,
  type ConnectionSettings,
  type ConnectionView,
  type SaveInput,
  type SiteProfile,
  ok,
  err,
} from '../../../contract';
import { connect } from '../../../usecases/connection';
import { mapEvidence } from '../../../domain/profile';
import { parseInput } from '../../../usecases/result';
import { checkOrigin, checkPaths, isUsableKeyForm } from '../../../adapters/shorterloop';
import {
  changeSettings,
  profileSchema,
  readTokenBucket,
  readSettings,
  readStoredKey,
  writeKey,
  type StoredSettings,
} from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { connectionViewOf } from './view';

const token = (maximum: number) => z.string().trim().regex(HEADER_TOKEN).max(maximum);

const saveSchema: z.ZodType<SaveInput> = z.object({
  settings: z.object({ apiOrigin: z.string().trim(), initiativeId: z.int().positive(), profile: profileSchema }),
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
  const { key } = input.value;
  const checked = checkConnection(input.value.settings);
  if (checked.kind === 'problem') return checked;
  const [before, oldKey] = await Promise.all([readSettings(), readStoredKey()]);
  const settingsAfter = (now: StoredSettings | null): StoredSettings => afterSave(now, checked.value, adminAccountId);
  const changed = key === null ? null : { key, storedAtMs: Date.now() };
  // Before a list was read, nobody knows how a key is shown here: the check comes next, and finds out.
  if (changed !== null && oldKey !== null && before?.proofs.listSegments !== undefined) {
    const tried = await tryKey(settingsAfter(before), changed.key);
    if (tried.kind === 'problem') return tried;
  }
  if (changed !== null) await writeKey(changed.key, changed.storedAtMs);
  let kept = settingsAfter(before);
  await changeSettings((now) => {
    const after = settingsAfter(now);
    // Where there was no key before, nothing was asked yet.
    kept = changed !== null && oldKey === null ? { ...after, proofs: {} } : after;
    return kept;
  });
  return ok(connectionViewOf({ settings: kept, key: changed ?? oldKey }));
}

/** What is stored for a connection that an admin saves, by what stands there now. */
function afterSave(now: StoredSettings | null, wanted: ConnectionSettings, savedByAccountId: string): StoredSettings {
  const profile = withEvidence(wanted.profile, now?.connection.profile ?? DEFAULT_PROFILE, savedByAccountId);
  const connection = { ...wanted, profile };
  return {
    connection,
    savedAtMs: Math.max(Date.now(), (now?.savedAtMs ?? 0) + 1),
    savedByAccountId,
    proofs: stillProven(now, connection),
    stops: isSameServer(now?.connection, connection) ? (now?.stops ?? []) : [],
  };
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
 * Whether settings are of the Shorter Loop that was connected before. A stop is about a server: its people and segments
 * are others somewhere else, where putting them back would change strangers.
 */
function isSameServer(
  before: ConnectionSettings | undefined,
  { apiOrigin, initiativeId }: ConnectionSettings,
): boolean {
  return before?.apiOrigin === apiOrigin && before.initiativeId === initiativeId;
}

/** What was proven holds as long as everything that it rests on is as it was; evidence is no part of that. */
function stillProven(before: StoredSettings | null, settings: ConnectionSettings): StoredSettings['proofs'] {
  if (before === null || !isSameServer(before.connection, settings)) return {};
  const { proofs, connection } = before;
  const still = PROOFS.filter((name) =>
    isDeepStrictEqual(groundOf(name, connection.profile), groundOf(name, settings.profile)),
  );
  return Object.fromEntries(still.flatMap((name) => (proofs[name] === undefined ? [] : [[name, proofs[name]]])));
}

/** The parts of a profile that a proof rests on: how the call is made, how its answer is read, and who an id means. */
function groundOf(name: ProofName, { key, ids, reads, writes, manage }: SiteProfile): unknown {
  const members = [reads.segmentWithMembers.shape.member?.id, reads.segmentsWithMembers.shape.member?.id];
  switch (name) {
    case 'listSegments':
      return [key, reads.listSegments];
    case 'segmentWithMembers':
    case 'segmentsWithMembers':
      return [key, members, reads[name]];
    case 'move':
    case 'remove':
    case 'add':
      return [key, ids, members, writes[name]];
    default:
      return [key, ids, members, manage[name]];
  }
}

/** A profile as an admin saves it: what they changed is chosen by them, and the evidence of the rest stays. */
function withEvidence(profile: SiteProfile, known: SiteProfile, byAccountId: string): SiteProfile {
  const atMs = Date.now();
  const partOf = ({ key, ids, readPlan, reads, writes }: SiteProfile, aspect: ProfileAspect): unknown =>
    ({ key, ids, readPlan, ...reads, ...writes })[aspect];
  const evidenceOf = (aspect: ProfileAspect): Evidence =>
    isDeepStrictEqual(partOf(profile, aspect), partOf(known, aspect))
      ? known.evidence[aspect]
      : { how: 'chosen', atMs, byAccountId };
  return mapEvidence(profile, evidenceOf);
}

function checkConnection(settings: ConnectionSettings): Result<ConnectionSettings> {
  const origin = checkOrigin(settings.apiOrigin);
  if (origin !== null) return err({ code: 'invalidInput', field: 'settings.apiOrigin', reason: origin });
  const { profile } = settings;
  if (!isKeyHeader(profile.key.header))
    return err({ code: 'invalidInput', field: 'settings.profile.key.header', reason: { code: 'notAHeader' } });
  if (!isUsableKeyForm(profile.key))
    return err({ code: 'invalidInput', field: 'settings.profile.key.scheme', reason: { code: 'wrongForm' } });
  const unusable = checkPaths(profile);
  if (unusable !== null)
    return err({ code: 'invalidInput', field: `settings.profile.${unusable.field}`, reason: unusable.reason });
  return ok(settings);
}
