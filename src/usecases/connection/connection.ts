import { type ConnectionSettings, type MissingSetting, type Proofs, ok, err, type Result } from '../../contract';
import {
  createShorterLoop,
  type ClientOptions,
  type ShorterLoopError,
  type ShorterLoopReads,
  type ShorterLoopWrites,
} from '../../adapters/shorterloop';
import {
  readKey,
  readSettings,
  readTokenBucket,
  type StoredTokenBucket,
  type StoredSettings,
} from '../../adapters/store';
import { upstreamDeadlineMs } from './deadline';
import { areReadsProven, writeRefusals, type WriteRefusals } from './refusals';
import { createSiteRateLimiter, type SiteRateLimiter } from './siteRateLimiter';

/**
 * A client bound to this invocation, with the settings it was made from and the rate limit it has to keep. It only
 * reads, see {@link Writable}.
 */
export type Connected = {
  readonly client: ShorterLoopReads;
  readonly settings: ConnectionSettings;
  readonly rateLimiter: SiteRateLimiter;
  readonly proofs: Proofs;
  /** What stands in the way of each kind of write, whoever asks for it. */
  readonly refusals: WriteRefusals;
  /** Null until the reads are proven: then no entry point can write. */
  readonly writes: ShorterLoopWrites | null;
};

/** A connection whose reads are proven, so that what is written can be read back. */
export type Writable = Connected & { readonly writes: ShorterLoopWrites };

/** Which settings an admin still has to give. */
export function missingSettings(settings: StoredSettings | null, key: string | null): MissingSetting[] {
  const missing: MissingSetting[] = settings === null ? ['apiOrigin', 'initiativeId'] : [];
  return key === null ? [...missing, 'key'] : missing;
}

/** How a connection differs from one of somebody who waits; `beforePage` is waited for before each further page. */
type ConnectLimits = Partial<Pick<ClientOptions, 'readLimitMs' | 'deadlineAtMs'>> & {
  readonly beforePage?: () => Promise<void>;
};

/**
 * Connects to Shorter Loop with what is stored, or says what is missing.
 * @param limits for readings that may take longer than a user would wait, and for calls that have to end sooner
 *   than the invocation
 */
export function connect(
  settings: StoredSettings | null,
  key: string | null,
  tokenBucket: StoredTokenBucket,
  { beforePage, ...limits }: ConnectLimits = {},
): Result<Connected> {
  if (settings === null || key === null) return err({ code: 'notConfigured', missing: missingSettings(settings, key) });
  const { apiOrigin, initiativeId, profile } = settings.connection;
  const connection = { origin: apiOrigin, key, initiativeId, profile };
  const rateLimiter = createSiteRateLimiter(tokenBucket);
  const client = createShorterLoop(connection, {
    deadlineAtMs: upstreamDeadlineMs(),
    onLimit: rateLimiter.applyLimitSignal,
    onPage: async () => {
      await beforePage?.();
      return pageRefusal(rateLimiter);
    },
    ...limits,
  });
  const { connection: stored, proofs } = settings;
  return ok({
    client,
    settings: stored,
    rateLimiter,
    proofs,
    refusals: writeRefusals(settings),
    writes: areReadsProven(proofs, profile.readPlan) ? client : null,
  });
}

/** Why a further page of a list must not be asked for now; null where it may. */
async function pageRefusal(rateLimiter: SiteRateLimiter): Promise<ShorterLoopError | null> {
  const admitted = await rateLimiter.reserveRest(1);
  if (admitted.kind === 'ok') return null;
  const retryAfterMs = 'retryAfterMs' in admitted.problem ? admitted.problem.retryAfterMs : null;
  return { cause: 'rateLimited', status: null, mayHaveBeenApplied: false, retryAfterMs };
}

/**
 * Connects with what is stored: settings, key and rate limit, read side by side. The problem says what is missing.
 * Throws ForgeKvsError when storage fails.
 */
export async function openConnection(limits?: Parameters<typeof connect>[3]): Promise<Result<Connected>> {
  const [settings, key, tokenBucket] = await Promise.all([readSettings(), readKey(), readTokenBucket()]);
  return connect(settings, key, tokenBucket, limits);
}
