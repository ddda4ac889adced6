import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { RESOLVERS } from '../../../support/resolvers';
import { startSandbox } from '../../../../sandbox/sandbox';
import { createSimulator, serveSimulator } from '../../../../sandbox/shorterloop';
import { readEntryPoints } from '../../../checks/readEntryPoints';
import { ODD_NAMES, rawRequest } from '../../../support/rawRequest';
import { valueOf, type Site } from '../../../support/site';
import type { Attack } from '../../attack';
import { onSite } from '../../onSite';

/** What every object has, so that a careless look-up finds it. */
const INHERITED = ['constructor', '__proto__', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'] as const;
type Page = keyof typeof RESOLVERS;
const PAGES: readonly Page[] = ['panel', 'admin', 'board', 'bulk', 'action'];
/** Where a payload of some function has a name, an id or a key. */
const FIELDS = ['accountId', 'cause', 'cursor', 'filter', 'id', 'ids', 'issueKey', 'key', 'kind', 'memberId', 'name'];
const MORE_FIELDS = ['operationId', 'projectKey', 'query', 'requestId', 'runId', 'segmentId', 'source', 'step', 'tab'];

const functionsOf = (page: Page): readonly string[] =>
  readEntryPoints(path.join(__dirname, '../../../..')).invokes.find(({ entryPoint }) => entryPoint === page)
    ?.contract ?? [];

function ask(site: Site, page: Page, functionKey: string, payload: unknown): Promise<unknown> {
  const { jira } = site;
  const extension = { issue: { id: jira.issueFor('one').id }, project: { key: 'ACME' } };
  return site.app.invoke(RESOLVERS[page].resolver, {
    moduleKey: RESOLVERS[page].moduleKey,
    functionKey,
    payload,
    accountId: jira.adminAccountId,
    extension,
  });
}

/** Whether an answer is none that the app meant: a failure of its own, or what every object has. */
function isAccident(answer: unknown): boolean {
  const text = JSON.stringify(answer);
  return text.includes('"code":"internal"') || text.includes('"code":"storage"') || text.includes('native code');
}

const byFunction = PAGES.map((page): Attack => ({
  finding: 'names',
  name: `a function by a name that every object has: ${page}`,
  play: onSite(async (site) => {
    for (const name of INHERITED) {
      const answered = await ask(site, page, name, {}).then(
        () => true,
        (error: unknown) => !(error instanceof Error && error.message.includes('no definition')),
      );
      if (answered) return `${name} is answered`;
    }
    return null;
  }),
}));

const byPayload = PAGES.map((page): Attack => ({
  finding: 'names',
  name: `ids, keys and tabs that every object has: ${page}`,
  play: onSite(async (site) => {
    for (const functionKey of functionsOf(page))
      for (const name of INHERITED) {
        const fields = Object.fromEntries([...FIELDS, ...MORE_FIELDS].map((field) => [field, name]));
        const polluted: unknown = JSON.parse(`{"__proto__":{"isAdmin":true},"${name}":{"kind":"ok"}}`);
        for (const payload of [fields, polluted, { ...fields, operationId: randomUUID() }, name, [name]])
          if (isAccident(await ask(site, page, functionKey, payload))) return `${functionKey} fails for ${name}`;
      }
    return 'isAdmin' in {} ? 'What every object has was changed' : null;
  }),
}));

const elsewhere: readonly Attack[] = [
  {
    finding: 'names',
    name: 'an API client, an operation id, a work item and segments that every object has',
    play: onSite(async (site) => {
      const { id, secret } = valueOf(
        await site.admin('admin.createApiClient', { name: 'Tool', acts: ['get', 'move'] }),
      );
      for (const name of INHERITED) {
        const knocked = await site.apiClient({ 'x-segments-key': `${name}.${secret}` }, {});
        if (knocked.statusCode !== 401) return `${name} passes for an API client`;
        const body = { operationId: `${name}-12345`, sentAt: new Date().toISOString(), source: name, target: name };
        for (const issueKey of [name, site.jira.issueFor('one').key])
          for (const action of ['move', 'get', name]) {
            const { statusCode } = await site.apiClient(
              { 'x-segments-key': `${id}.${secret}` },
              { ...body, issueKey, action },
            );
            const isFound = statusCode === 200 && action === 'get' && issueKey !== name;
            if (statusCode >= 500 || (statusCode < 400 && !isFound))
              return `${action} of ${name}: ${String(statusCode)}`;
          }
      }
      return site.simulator.truth.writes().length === 0 ? null : 'Somebody was moved';
    }),
  },
  {
    finding: 'names',
    name: 'a segment of a query, or of a rule, that every object has',
    play: onSite(async (site) => {
      for (const name of INHERITED) {
        const told = JSON.stringify(await site.jql(name).catch(() => ({ error: 'refused' })));
        if (!told.includes('"error"')) return `The query finds ${name}: ${told}`;
        const issueKey = site.jira.issueFor('one').key;
        await site.action('move-reporter', { issueKey, source: name, target: name }).catch(() => null);
      }
      return site.simulator.truth.writes().length === 0 ? null : 'Somebody was moved';
    }),
  },
];

const SANDBOX_TARGETS = ['//', '//[', 'http://[', '*'].concat(
  ODD_NAMES.flatMap((name) =>
    ['/__jira', '/__sandbox', '/__forge', '/browse', '/admin/apps', '/x1', '/panel'].map((dir) => `${dir}/${name}`),
  ),
);

const sandboxDoors: readonly Attack[] = [
  {
    finding: 'sandbox',
    name: 'a request ends the sandbox',
    play: async () => {
      const sandbox = await startSandbox({ members: 30, segments: 4 });
      try {
        for (const origin of [sandbox.url, sandbox.host.uiOrigin])
          for (const target of SANDBOX_TARGETS) {
            const status = await rawRequest(origin, { target });
            if (status === null || status >= 500) return `GET ${target} is answered ${String(status)}`;
          }
        return null;
      } finally {
        await sandbox.stop();
      }
    },
  },
  {
    finding: 'sandbox',
    name: 'a page of another site reaches the control plane of the simulator',
    play: async () => {
      const simulator = createSimulator({ members: 30, segments: 4 });
      const running = await serveSimulator(simulator);
      try {
        const body = JSON.stringify({ fault: { kind: 'keyRevoked' } });
        const target = '/__simulator/faults';
        const rebound = { host: 'attacker.example', 'content-type': 'application/json' };
        const form = { 'content-type': 'text/plain' };
        for (const headers of [rebound, form, {}])
          await rawRequest(running.origin, { method: 'POST', target, headers, body });
        return simulator.faults.strike(null).length === 0 ? null : 'A fault was switched on';
      } finally {
        await running.stop();
      }
    },
  },
];

export const attacks: readonly Attack[] = [...byFunction, ...byPayload, ...elsewhere, ...sandboxDoors];
