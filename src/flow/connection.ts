import type { ConnectionSettings, MissingSetting } from '../contract';
import { createShorterLoop, type ShorterLoop } from '../shorterloop';
import type { StoredSettings } from '../store';
import { ok, problem, type Step } from './answer';
import { upstreamDeadlineMs } from './deadline';

/** A client bound to this invocation, with the settings it was made from. */
export type Connected = { readonly client: ShorterLoop; readonly settings: ConnectionSettings };

/** Which settings an admin still has to give. */
export function missingSettings(settings: StoredSettings | null, key: string | null): MissingSetting[] {
  const missing: MissingSetting[] = settings === null ? ['apiOrigin', 'initiativeId'] : [];
  return key === null ? [...missing, 'key'] : missing;
}

/** Connects to Shorter Loop with what is stored, or says what is missing. */
export function connect(settings: StoredSettings | null, key: string | null): Step<Connected> {
  if (settings === null || key === null) return problem({ code: 'notConfigured', missing: missingSettings(settings, key) });
  const { apiOrigin, initiativeId, authScheme, moveDialect, removeDialect, routes } = settings.connection;
  const connection = { origin: apiOrigin, key, initiativeId, authScheme, moveDialect, removeDialect, routes };
  return ok({ client: createShorterLoop(connection, { deadlineAtMs: upstreamDeadlineMs() }), settings: settings.connection });
}
