import type { LedgerEntry } from '../../src/contract';
import type { NamedProfile } from '../../sandbox/shorterloop';
import { readEntry } from '../../src/adapters/store';
import { writeRows } from '../support/ledgerRows';
import { createSite, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

/** A fresh install in front of a server of some form, in virtual time. */
export type ContactLab = {
  readonly named: NamedProfile;
  readonly site: Site;
  readonly time: VirtualTime;
  /** Runs something of the app until it has ended. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets time pass, with the scheduled recovery every five minutes. */
  readonly rest: (ms: number) => Promise<void>;
  /** Every write of the ledger, oldest first. */
  readonly ledger: () => Promise<LedgerEntry[]>;
  readonly stop: () => Promise<void>;
};

/** How often the recovery is due. */
const RECOVERY_EVERY_MS = 300_000;
/** People of the run, beside the reporters of the issues that show something. */
const CROWD = 8;

/** How far reads may stand behind writes here. */
export function latenessOf({ named }: Pick<ContactLab, 'named'>): number {
  const { reads, queueMs, cacheMs } = named.server.lag;
  return Math.max(reads.all, reads.one) + queueMs + Math.max(cacheMs.all, cacheMs.one);
}

/** Installs the app in front of a server. Nothing was asked of it yet. */
export async function openContactLab(named: NamedProfile): Promise<ContactLab> {
  const site = await createSite({ fresh: true, offline: true, profile: named.server, extraReporters: CROWD });
  const time = startVirtualTime();
  const quiet = hush();
  let sinceRecoveryMs = 0;
  return {
    named,
    site,
    time,
    run: (work) => time.until(work()),
    rest: async (ms) => {
      for (let left = ms; left > 0;) {
        const step = Math.min(left, RECOVERY_EVERY_MS - sinceRecoveryMs);
        await time.pass(step);
        left -= step;
        sinceRecoveryMs += step;
        if (sinceRecoveryMs < RECOVERY_EVERY_MS) continue;
        sinceRecoveryMs = 0;
        await time.until(site.recovery());
      }
    },
    ledger: () => time.until(readLedger(site)),
    stop: async () => {
      quiet();
      time.stop();
      await site.stop();
    },
  };
}

async function readLedger(site: Site): Promise<LedgerEntry[]> {
  const ids = writeRows(site.platform.kvs).map(({ key }) => key);
  const entries = await Promise.all(ids.map((id) => site.app.runAs({}, () => readEntry(id))));
  return entries.flatMap((entry) => entry ?? []).sort((one, other) => one.intendedAtMs - other.intendedAtMs);
}

/** The app's log is loud where a server is odd; what it says is judged elsewhere. */
function hush(): () => void {
  const { error, warn, info, log } = console;
  const nothing = (): void => undefined;
  Object.assign(console, { error: nothing, warn: nothing, info: nothing });
  return () => {
    Object.assign(console, { error, warn, info, log });
  };
}
