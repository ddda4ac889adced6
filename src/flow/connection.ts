import type { ConnectionSettings, MissingSetting } from '../contract';
import { createShorterLoop, type ClientOptions, type ShorterLoop } from '../shorterloop';
import type { StoredPace, StoredSettings } from '../store';
import { ok, problem, type Step } from './answer';
import { upstreamDeadlineMs } from './deadline';
import { createLimiter, type Limiter } from './limiter';

/** A client bound to this invocation, with the settings it was made from and the pace it has to keep. */
export type Connected = { readonly client: ShorterLoop; readonly settings: ConnectionSettings; readonly limiter: Limiter };

/** Which settings an admin still has to give. */
export function missingSettings(settings: StoredSettings | null, key: string | null): MissingSetting[] {
  const missing: MissingSetting[] = settings === null ? ['apiOrigin', 'initiativeId'] : [];
  return key === null ? [...missing, 'key'] : missing;
}

/**
 * Connects to Shorter Loop with what is stored, or says what is missing.
 * @param options for readings that may take longer than a user would wait
 */
export function connect(
  settings: StoredSettings | null,
  key: string | null,
  pace: StoredPace,
  options: Pick<ClientOptions, 'readLimitMs'> = {},
): Step<Connected> {
  if (settings === null || key === null) return problem({ code: 'notConfigured', missing: missingSettings(settings, key) });
  const { apiOrigin, initiativeId, authScheme, moveDialect, removeDialect, routes } = settings.connection;
  const connection = { origin: apiOrigin, key, initiativeId, authScheme, moveDialect, removeDialect, routes };
  const limiter = createLimiter(pace);
  const client = createShorterLoop(connection, { deadlineAtMs: upstreamDeadlineMs(), onLimit: limiter.heed, ...options });
  return ok({ client, settings: settings.connection, limiter });
}
