import { type Result, type ConnectionDefaults, type ConnectionView, ok } from '../../../contract';
import { areReadsProven, missingSettings } from '../../../usecases/connection';
import { ALLOWED_HOST_SUFFIX, ASSUMED_ROUTES } from '../../../adapters/shorterloop';
import { readSettings, readStoredKey, type StoredKey, type StoredSettings } from '../../../adapters/store';

const DEFAULTS: ConnectionDefaults = {
  apiOrigin: 'https://api.shorterloop.com',
  authScheme: 'Bearer',
  moveDialect: 'put-segment-users',
  // The only form of a removal that Shorter Loop documents.
  removeDialect: 'post-manage-users',
  readPlan: 'all-at-once',
  canAdd: false,
  routes: {},
  allowedHosts: [`*.${ALLOWED_HOST_SUFFIX}`],
  assumedRoutes: ASSUMED_ROUTES,
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
    writesOn: stored !== null && key !== null && areReadsProven(stored.proofs, stored.connection.readPlan),
    savedAtMs: stored?.savedAtMs ?? null,
    savedByAccountId: stored?.savedByAccountId ?? null,
    defaults: DEFAULTS,
  };
}
