import type { LedgerEntry } from '../../src/contract';
import { entryRow } from '../../src/adapters/store/ledger';
import type { Site } from './site';

/** Puts entries straight into the ledger's storage, in place of what stands there: thousands in no time. */
export function fillLedger({ platform }: Pick<Site, 'platform'>, entries: readonly LedgerEntry[]): void {
  const snapshot = platform.kvs.snapshot();
  const rows = entries.map((entry) => ({
    key: entry.operationId,
    value: entryRow(entry),
    createdAtMs: entry.intendedAtMs,
    updatedAtMs: entry.intendedAtMs,
    expiresAtMs: null,
  }));
  platform.kvs.restore({ ...snapshot, spaces: { ...snapshot.spaces, 'entity:ledger': rows } });
}

/** The rows of the ledger that record a write: those about links are left out. */
export function writeRows(kvs: Pick<Site['platform']['kvs'], 'entity'>) {
  return kvs.entity('ledger').filter(({ value }) => !('how' in Object(value)));
}
