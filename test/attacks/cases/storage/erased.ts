import { z } from 'zod';
import { hashOfSecret } from '../../../../src/adapters/store';
import { ledgerEntry } from '../../../support/ledgerEntry';
import { fillLedger } from '../../../support/ledgerRows';
import { valueOf, type Site } from '../../../support/site';
import type { Attack } from '../../attack';
import { onSite, putRow } from '../../onSite';

const CLOSED = 'closed-account-id';

const storedSchema = z.looseObject({
  connection: z.looseObject({ profile: z.looseObject({ evidence: z.looseObject({}) }) }),
});

function erased(name: string, play: (site: Site) => Promise<unknown>): Attack {
  return {
    finding: 'erased',
    name: `an account that was closed stays ${name}`,
    play: onSite(async (site) => {
      await play(site);
      site.platform.personalData.change(CLOSED, 'closed');
      await site.upkeep();
      const { kvs } = site.platform;
      return JSON.stringify([kvs.snapshot(), kvs.plain()]).includes(CLOSED) ? 'Its id is still stored' : null;
    }),
  };
}

const run = (createdByAccountId: string): object => ({
  version: 1,
  state: 'finished',
  createdAtMs: Date.now(),
  createdByAccountId,
  revision: 'r',
  body: {},
});

export const attacks: readonly Attack[] = [
  erased('as the reporter of a link, a count and a queue', (site) => {
    const link = { state: 'linked', memberId: 1, how: 'manual', byAccountId: 'admin', atMs: 1 };
    putRow(site, 'link', CLOSED, link);
    putRow(site, 'reporter', CLOSED, { state: 'notFound', issues: 1, order: '9999999998:x', checkedAtMs: 1 });
    putRow(site, 'change-queue', CLOSED, { requests: [], revision: 'r' });
    return Promise.resolve();
  }),
  erased('as who made links, runs and API clients', (site) => {
    const link = { state: 'linked', memberId: 1, how: 'manual', byAccountId: CLOSED, atMs: 1 };
    for (let nth = 0; nth < 130; nth += 1) putRow(site, 'link', `reporter-${String(nth)}`, link);
    putRow(site, 'run', 'run', run(CLOSED));
    const client = { name: 'Tool', acts: ['get'], secretHash: hashOfSecret('s'), createdAtMs: 1 };
    putRow(site, 'api-client', 'client', { ...client, createdByAccountId: CLOSED });
    return Promise.resolve();
  }),
  erased('in hundreds of rows of the ledger', (site) => {
    const roles = ['actorAccountId', 'reporterAccountId'] as const;
    const entries = roles.flatMap((role) =>
      Array.from({ length: 130 }, (_, nth) =>
        ledgerEntry({ operationId: `${role}-${String(nth)}`, intendedAtMs: Date.now(), [role]: CLOSED }),
      ),
    );
    fillLedger(site, entries);
    return Promise.resolve();
  }),
  erased('in the key of a person of a run', (site) => {
    putRow(site, 'run', 'run', run('admin'));
    const person = { runId: 'run', accountId: CLOSED, groupNumber: 1, place: 1, memberId: 1, verdict: 'willWrite' };
    putRow(site, 'run-person', `run:${CLOSED}`, person);
    return Promise.resolve();
  }),
  erased('as who saved the settings', async (site) => {
    const kept = site.platform.kvs.plain().find(({ key }) => key === 'settings')?.value;
    const value = { ...(typeof kept === 'object' ? kept : {}), savedByAccountId: CLOSED };
    site.platform.kvs.handle('/api/v1/set', { key: 'settings', value });
    valueOf(await site.admin('admin.load'));
  }),
  erased('as who chose how Shorter Loop is asked', async (site) => {
    const { connection, ...kept } = storedSchema.parse(
      site.platform.kvs.plain().find(({ key }) => key === 'settings')?.value,
    );
    const { profile } = connection;
    const chosen = { how: 'chosen', atMs: 1, byAccountId: CLOSED };
    const evidence = { ...profile.evidence, key: chosen, move: chosen };
    const value = { ...kept, connection: { ...connection, profile: { ...profile, evidence } } };
    site.platform.kvs.handle('/api/v1/set', { key: 'settings', value });
    valueOf(await site.admin('admin.load'));
  }),
];
