import { randomUUID } from 'node:crypto';
import { syncWorkOf } from '../../domain/people';
import { readIdentitySync, writeIdentitySync, type IdentitySync, type Versioned } from '../../adapters/store';
import { isAtWork, newSync, readSyncSource, type SyncSource } from '../../usecases/identity';

/** What a step changes; whatever else was changed beside it stays. */
export type SyncChange = Partial<Omit<IdentitySync, 'holder' | 'untilMs' | 'isPaused'>>;

/** The sole right to work on the identity sync, for a while. */
export type SyncSession = SyncSource & {
  /** How far it has come. */
  readonly sync: () => IdentitySync;
  /**
   * Stores a step.
   * @returns false when the work is over: somebody else took it over, paused it or began it anew. Throws ForgeKvsError
   *   when storage fails.
   */
  readonly advance: (change: (now: IdentitySync) => SyncChange) => Promise<boolean>;
  /** Gives the right back, where it was not lost. Throws ForgeKvsError when storage fails. */
  readonly end: (change: SyncChange) => Promise<void>;
};

/** How often a step is stored again that was overtaken by an admin's request. */
const TRIES = 5;

/**
 * Takes the right to work; null when there is nothing to do, or somebody else has it. Throws ForgeKvsError when storage
 * fails.
 */
export async function takeSync(untilMs: number): Promise<SyncSession | null> {
  const [standing, ready] = await Promise.all([readIdentitySync(), readSyncSource()]);
  if (ready === null || isAtWork(standing)) return null;
  const work = syncWorkOf(standing, ready.source, Date.now());
  if (work === null) return null;
  const holder = randomUUID();
  const goesOn = standing === null || work === 'begin' ? newSync(ready.source, standing?.days ?? []) : standing;
  const taken = await writeIdentitySync(standing, { ...goesOn, restsUntilMs: null, holder, untilMs });
  return taken === null ? null : sessionOf(taken, ready);
}

function sessionOf(taken: Versioned<IdentitySync>, ready: SyncSource): SyncSession {
  let sync = taken;
  const write = async (change: (now: IdentitySync) => Partial<IdentitySync>): Promise<boolean> => {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const stored = await writeIdentitySync(sync, { ...sync, ...change(sync) });
      if (stored !== null) {
        sync = stored;
        return true;
      }
      const now = await readIdentitySync();
      if (now === null || now.holder !== taken.holder || now.cycleId !== taken.cycleId) return false;
      sync = now;
    }
    return false;
  };
  return {
    ...ready,
    sync: () => sync,
    advance: async (change) => (await write(change)) && !sync.isPaused,
    end: async (change) => {
      await write(() => ({ ...change, holder: null, untilMs: 0 }));
    },
  };
}
