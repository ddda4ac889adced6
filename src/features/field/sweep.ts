import { sleep } from '../../clock';
import {
  fieldRowsAfter,
  markDue,
  NOTHING_SHOWN,
  readFieldRows,
  readLinksAfter,
  readRefresh,
  writeFieldFilling,
  type FieldFilling,
} from '../../adapters/store';
import { digestOf, type FieldReading } from '../../usecases/lookup';

/** Everybody is looked at once a day at least, for what went unnoticed. */
const SWEEP_EVERY_MS = 24 * 3_600_000;
/** A thousand links cost some 250 units of storage; so long between them leaves room for everybody else. */
const REST_MS = 10_000;

/** Whether everybody has to be looked at: another state of the site, a directory that has changed, or another day. */
export async function isSweepDue(filling: FieldFilling, source: FieldReading): Promise<boolean> {
  const { swept } = filling;
  if (filling.sweep !== null || swept === null || swept.fingerprint !== source.fingerprint) return true;
  if (!source.isOn) return false;
  if (Date.now() - swept.atMs >= SWEEP_EVERY_MS) return true;
  // An earlier refresh may have found something, and the last one nothing more, while the filling rested.
  const changedAtMs = (await readRefresh())?.last?.changedAtMs ?? null;
  return changedAtMs !== null && changedAtMs >= swept.atMs;
}

/**
 * Looks at everybody who has a link, and at everybody who was filled before, and marks as due those whose field holds
 * something else than it should. Where it stands is kept by value, so that it goes on after a death; what changes
 * behind it is marked by whoever changes it. Throws ForgeKvsError when storage fails.
 * @returns how the filling stands after it; `sweep` is not null when the time was over
 */
export async function sweep(filling: FieldFilling, source: FieldReading, endMs: number): Promise<FieldFilling> {
  const { fingerprint } = source;
  const begun = { phase: 'links', after: '', fingerprint, begunAtMs: Date.now() } as const;
  let now: FieldFilling =
    filling.sweep !== null && filling.sweep.fingerprint === fingerprint ? filling : { ...filling, sweep: begun };
  while (now.sweep !== null && Date.now() < endMs) {
    const step = now.sweep.phase === 'links' ? await sweepLinks(now.sweep, source) : await sweepRows(now.sweep, source);
    now =
      step === null
        ? { ...now, sweep: null, swept: { fingerprint, atMs: now.sweep.begunAtMs } }
        : { ...now, sweep: step };
    await writeFieldFilling(now);
  }
  return now;
}

type Standing = NonNullable<FieldFilling['sweep']>;

async function sweepLinks(standing: Standing, source: FieldReading): Promise<Standing> {
  const { links, next } = await readLinksAfter(standing.after === '' ? null : Number(standing.after));
  const accountIds = [...new Set(links.map(({ accountId }) => accountId))];
  await markChanged(accountIds, source);
  if (next === null) return { ...standing, phase: 'filled', after: '' };
  await sleep(REST_MS);
  return { ...standing, after: String(next) };
}

async function sweepRows(standing: Standing, source: FieldReading): Promise<Standing | null> {
  const { rows, isAll } = await fieldRowsAfter(standing.after);
  await markChanged(
    rows.map(({ accountId }) => accountId),
    source,
  );
  const last = rows.at(-1);
  return isAll || last === undefined ? null : { ...standing, after: last.accountId };
}

/**
 * Marks as due those whose field holds something else than it should, and anew who is due already: whoever is filling
 * them at this moment may have read what has changed before it did. Throws ForgeKvsError when storage fails.
 * @returns who is due now
 */
export async function markChanged(accountIds: readonly string[], source: FieldReading): Promise<readonly string[]> {
  const [values, rows] = await Promise.all([source.valuesOf(accountIds), readFieldRows(accountIds)]);
  const changed = accountIds.filter((accountId) => {
    const row = rows.get(accountId);
    return row?.state === 'due' || (row?.digest ?? NOTHING_SHOWN) !== digestOf(values.get(accountId) ?? []);
  });
  await markDue(changed, Date.now());
  return changed;
}
