import { ok, type Result } from '../../contract';
import {
  openConnection,
  requireReads,
  createFetchRateLimiter,
  type Connected,
  type FetchRateLimiter,
} from '../../usecases/connection';
import { ensureEmailKeyOf, type EmailKeyOf } from '../../adapters/store';

/** How long one reading may take: a segment of 100,000 members is some 20 MB. Milliseconds. */
const READ_LIMIT_MS = 60_000;

/** What a refresh works with. */
export type Tools = {
  readonly connected: Connected;
  readonly emailKeyOf: EmailKeyOf;
  readonly fetches: FetchRateLimiter;
};

/** Connects for a slice of work, or says what is missing. Throws ForgeKvsError when storage fails. */
export async function prepare(): Promise<Result<Tools>> {
  const fetches = createFetchRateLimiter();
  const connected = await openConnection({ readLimitMs: READ_LIMIT_MS, beforePage: () => fetches.take(1) });
  if (connected.kind === 'problem') return connected;
  // By an assumed form, other ids than the people's might be kept as theirs.
  const readable = requireReads(connected.value);
  if (readable.kind === 'problem') return readable;
  return ok({ connected: readable.value, emailKeyOf: await ensureEmailKeyOf(), fetches });
}
