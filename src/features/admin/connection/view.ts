import {
  DEFAULT_PROFILE,
  type ConnectionDefaults,
  type ConnectionView,
  type Ladder,
  type Result,
  type WriteKind,
  ok,
} from '../../../contract';
import { areReadsProven, missingSettings, writeRefusals } from '../../../usecases/connection';
import { ALLOWED_HOST_SUFFIX, MANAGE_FORMS } from '../../../adapters/shorterloop';
import { readSettings, readStoredKey, type StoredKey, type StoredSettings } from '../../../adapters/store';

const DEFAULTS: ConnectionDefaults = {
  apiOrigin: 'https://api.shorterloop.com',
  profile: DEFAULT_PROFILE,
  allowedHosts: [`*.${ALLOWED_HOST_SUFFIX}`],
  assumedManage: MANAGE_FORMS,
};

/** What the Connection tab is made of. */
export type Stored = { readonly settings: StoredSettings | null; readonly key: StoredKey | null };

/** What the Connection tab shows when it opens. */
export async function load(): Promise<Result<ConnectionView>> {
  const [settings, key] = await Promise.all([readSettings(), readStoredKey()]);
  return ok(connectionViewOf({ settings, key }));
}

/** The settings as a browser may see them: of the key, only whether there is one. */
export function connectionViewOf({ settings: stored, key }: Stored): ConnectionView {
  return {
    settings: stored?.connection ?? null,
    keyStoredAtMs: key?.storedAtMs ?? null,
    missing: missingSettings(stored, key?.key ?? null),
    proofs: stored?.proofs ?? {},
    ladder: ladderOf(stored, key !== null),
    stops: stored?.stops ?? [],
    writesOn: stored !== null && key !== null && areReadsProven(stored.proofs, stored.connection.profile.readPlan),
    savedAtMs: stored?.savedAtMs ?? null,
    savedByAccountId: stored?.savedByAccountId ?? null,
    defaults: DEFAULTS,
  };
}

/** How far the app may go: each rung once it is proven, and none that rests. */
function ladderOf(stored: StoredSettings | null, hasKey: boolean): Ladder {
  if (stored === null || !hasKey)
    return { looking: 'untested', moving: 'untested', removing: 'untested', adding: 'untested' };
  const refusals = writeRefusals(stored);
  const rung = (kind: WriteKind): Ladder['moving'] => {
    if (stored.stops.some((stop) => stop.kind === kind)) return 'stopped';
    return refusals[kind] === null ? 'on' : 'untested';
  };
  const isReadable = areReadsProven(stored.proofs, stored.connection.profile.readPlan);
  return {
    looking: isReadable ? 'on' : 'untested',
    moving: rung('move'),
    removing: rung('remove'),
    adding: rung('add'),
  };
}
