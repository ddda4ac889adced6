import { randomUUID } from 'node:crypto';
import { purge } from '../../../../src';
import { hashOfSecret } from '../../../../src/adapters/store';
import { valueOf, type Site } from '../../../support/site';
import type { Attack } from '../../attack';
import { onSite, putRow } from '../../onSite';

type Secret = { readonly id: string; readonly secret: string };

/** Uninstalls the app; `meanwhile` stands for the waits, in which others come to their end. */
async function uninstall(site: Site, meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  const pause = async (): Promise<void> => void (await meanwhile());
  await site.app.runFunction(() => purge({}, {}, pause), { moduleKey: 'purge' });
}

async function createClient(site: Site, name: string): Promise<Secret> {
  return valueOf(await site.admin('admin.createApiClient', { name, acts: ['get', 'move'] }));
}

function knock(site: Site, { id, secret }: Secret): Promise<{ readonly statusCode: number }> {
  return site.apiClient(
    { 'x-segments-key': `${id}.${secret}`, 'content-type': 'application/json' },
    {
      operationId: randomUUID(),
      sentAt: new Date().toISOString(),
      action: 'get',
      issueKey: site.jira.issueFor('one').key,
    },
  );
}

/** What is left that opens something, or goes on by itself. */
async function leftAfter(site: Site, secrets: readonly Secret[]): Promise<string | null> {
  for (const secret of secrets) if ((await knock(site, secret)).statusCode !== 401) return 'A secret still opens';
  const { kvs } = site.platform;
  if (kvs.secretNames().length > 0) return `Secrets are left: ${kvs.secretNames().join(', ')}`;
  if (kvs.entity('api-client').length > 0) return 'API clients are left';
  return kvs.entity('queued-change').length > 0 ? 'Changes wait that nobody dismisses any more' : null;
}

export const attacks: readonly Attack[] = [
  {
    finding: 'M5',
    name: 'the hundredth API client survives the uninstallation',
    play: onSite(async (site) => {
      const made = await createClient(site, 'Tool');
      const last = { id: 'client-119', secret: 'hundredth' };
      for (let nth = 0; nth < 120; nth += 1)
        putRow(site, 'api-client', `client-${String(nth)}`, {
          name: `Tool ${String(nth)}`,
          acts: ['get'],
          secretHash: hashOfSecret(last.secret),
          createdAtMs: Date.now() + nth,
          createdByAccountId: site.jira.adminAccountId,
        });
      if ((await knock(site, last)).statusCode === 401) return 'The secret never opened: this proves nothing';
      await uninstall(site);
      return leftAfter(site, [made, last]);
    }),
  },
  {
    finding: 'M5',
    name: 'API clients beyond the fiftieth can not be seen, nor revoked',
    play: onSite(async (site) => {
      for (let nth = 0; nth < 120; nth += 1)
        putRow(site, 'api-client', `client-${String(nth)}`, {
          name: `Tool ${String(nth)}`,
          acts: ['get'],
          secretHash: hashOfSecret('s'),
          createdAtMs: nth,
          createdByAccountId: 'admin',
        });
      const { apiClients } = valueOf(await site.admin('admin.apiClients'));
      return apiClients.length === 120 ? null : `${String(apiClients.length)} of 120 are shown`;
    }),
  },
  ...(['/secret/delete', '/entity/query', '/batch/delete', '/entity/delete'] as const).map((path): Attack => ({
    finding: 'M5',
    name: `storage fails while the app is uninstalled: ${path}`,
    play: onSite(async (site) => {
      const secrets = [await createClient(site, 'A'), await createClient(site, 'B')];
      let failures = 3;
      const restore = site.platform.intercept((call) =>
        call.path.endsWith(path) && (failures -= 1) >= 0 ? { status: 500, headers: {}, body: '{}' } : undefined,
      );
      await uninstall(site);
      restore();
      return leftAfter(site, secrets);
    }),
  })),
  {
    finding: 'M5',
    name: 'one secret can not be deleted, and the others stay for it',
    play: onSite(async (site) => {
      const secret = await createClient(site, 'A');
      site.platform.intercept((call) =>
        call.path.endsWith('/secret/delete') ? { status: 500, headers: {}, body: '{}' } : undefined,
      );
      await uninstall(site);
      return (await knock(site, secret)).statusCode === 401 ? null : 'The API client still opens';
    }),
  },
  {
    finding: 'H1',
    name: 'requests at work while the app is uninstalled bring their API client back',
    rounds: 100,
    play: onSite(async (site) => {
      const secret = await createClient(site, 'Racer');
      const atWork = Array.from({ length: 10 }, () => knock(site, secret));
      await uninstall(site, () => Promise.allSettled(atWork));
      await Promise.allSettled(atWork);
      return leftAfter(site, [secret]);
    }),
  },
  {
    finding: 'M5',
    name: 'an API client that is made while the app is uninstalled stays',
    rounds: 50,
    play: onSite(async (site) => {
      const atWork = [createClient(site, 'Late'), site.admin('admin.apiClients')];
      await uninstall(site, () => Promise.allSettled(atWork));
      const [made] = await Promise.all([atWork[0]]);
      return leftAfter(site, made !== undefined && 'secret' in made ? [made] : []);
    }),
  },
  {
    finding: 'M5',
    name: 'an API key that is saved while the app is uninstalled stays',
    rounds: 20,
    play: onSite(async (site) => {
      const atWork = [site.admin('admin.save', { settings: site.settings, key: site.simulator.key })];
      await uninstall(site, () => Promise.allSettled(atWork));
      return leftAfter(site, []);
    }),
  },
];
