import { randomUUID } from 'node:crypto';
import { derivedUuid, operationIdOf } from '../../../src/usecases/result';
import { recordIntended } from '../../../src/adapters/store';
import type { LedgerEntry } from '../../../src/contract';
import { openBulkLab } from '../../support/bulkLab';
import { ledgerEntry } from '../../support/ledgerEntry';
import { renameSegment } from '../../support/segments';
import { createSite, linkedOf, valueOf, type Site } from '../../support/site';
import type { Attack } from '../attack';

/** A site with an API client, and the member of ACME-101 in one segment. */
type Scene = {
  readonly site: Site;
  readonly clientId: string;
  readonly from: number;
  readonly to: number;
  readonly other: number;
  readonly memberId: number;
  readonly where: () => readonly number[];
  /** Sends a web request; what it leaves out is as in a usual move. */
  readonly send: (
    changes?: object,
    spoil?: (body: string) => string,
  ) => Promise<{ statusCode: number; body: Record<string, unknown> }>;
};

/** Plays on a site of its own, which is stopped whatever comes of it. */
async function on(play: (scene: Scene) => Promise<string | null>): Promise<string | null> {
  const site = await createSite({ offline: true });
  try {
    const { member } = linkedOf(valueOf(await site.panel('panel.open', {})));
    const [from = 0] = member.segmentIds;
    const [to = 0, other = 0] = site.simulator.segments
      .map(({ id }) => id)
      .filter((id) => !member.segmentIds.includes(id));
    const client = { name: 'Support desk', acts: ['move', 'remove'] as const };
    const { id: clientId, secret } = valueOf(await site.admin('admin.createApiClient', client));
    const usual = { action: 'move', issueKey: 'ACME-101', source: `#${from}`, target: `#${to}` };
    const send: Scene['send'] = (changes = {}, spoil = (body) => body) => {
      const body = { operationId: 'ACME-101-joins', sentAt: new Date().toISOString(), ...usual, ...changes };
      return site.apiClient({ 'x-segments-key': `${clientId}.${secret}` }, spoil(JSON.stringify(body)));
    };
    const where = () => site.simulator.truth.membershipsOf(member.id);
    return await play({ site, clientId, from, to, other, memberId: member.id, where, send });
  } finally {
    await site.platform.queue.idle();
    await site.stop();
  }
}

/** Puts a row into the ledger, as someone would who had found a way to use up an id. */
function plant(site: Site, operationId: string, overrides: Partial<Omit<LedgerEntry, 'kind' | 'from' | 'to'>> = {}) {
  return site.app.runAs({}, () => recordIntended(ledgerEntry({ ...overrides, operationId })));
}

const panelMove = ({ memberId, from, to }: Scene, operationId: string) =>
  ({ operationId, memberId, fromSegmentId: from, toSegmentId: to }) as const;

/** The id of the next write of the scene's API client. */
const clientsNextId = ({ clientId }: Scene): string =>
  operationIdOf(derivedUuid('apiClient', clientId, 'ACME-101-joins'), 1);

const PRE_TAKEN: readonly Attack[] = [
  {
    finding: 'M1',
    name: 'a panel uses up the id of an API client’s next write',
    play: () =>
      on(async (scene) => {
        const { site, from, to, where, send } = scene;
        await site.panel('panel.move', panelMove(scene, clientsNextId(scene)));
        if (where().includes(to))
          valueOf(
            await site.panel('panel.move', { ...panelMove(scene, randomUUID()), fromSegmentId: to, toSegmentId: from }),
          );
        await send();
        return where().includes(to) ? null : 'The API client was told that it had moved them';
      }),
  },
  {
    finding: 'M1',
    name: 'an admin’s trial uses up the id of an API client’s next write',
    play: () =>
      on(async (scene) => {
        const step = { step: 'moveThere', withAdding: false, withRemoving: false, undoes: null } as const;
        const input = { ...panelMove(scene, clientsNextId(scene)), ...step };
        const tried = await scene.site.admin('admin.testStep', input);
        return tried.kind === 'ok' ? 'The trial was made under the id' : null;
      }),
  },
  {
    finding: 'M1',
    name: 'a row that stands under an API client’s next id is taken for its write',
    play: () =>
      on(async (scene) => {
        const { site, memberId, to, where, send } = scene;
        await plant(site, clientsNextId(scene), {
          members: [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }],
        });
        const { statusCode } = await send();
        return statusCode === 200 && !where().includes(to) ? 'It was answered 200, and nothing was done' : null;
      }),
  },
  {
    finding: 'M1',
    name: 'rows that stand under a run’s next ids are taken for its writes',
    play: async () => {
      const lab = await openBulkLab(6);
      try {
        const { site, time } = lab;
        const [from, to] = site.simulator.segments;
        const run = await lab.preview({ kind: 'move', from: [from?.id ?? 0], to: to?.id ?? 0 });
        const people = (await lab.report(run.runId)).filter(({ verdict }) => verdict === 'willWrite');
        if (people.length === 0) throw new Error('The run is about nobody');
        for (const { memberId } of people)
          await time.until(
            plant(site, derivedUuid(run.runId, String(memberId), '1'), {
              members: [{ memberId: memberId ?? 0, outcome: 'confirmed', reason: 'readBackAgrees' }],
            }),
          );
        valueOf(await time.until(site.bulk('bulk.start', { runId: run.runId })));
        await lab.settle(run.runId);
        const moved = (memberId: number | null): boolean =>
          site.simulator.truth.membershipsOf(memberId ?? 0).includes(to?.id ?? 0);
        const untrue = (await lab.report(run.runId)).filter(
          ({ result, memberId }) => result === 'confirmed' && !moved(memberId),
        );
        return untrue.length > 0 ? `${untrue.length} people are confirmed whom nobody moved` : null;
      } finally {
        await lab.stop();
      }
    },
  },
  {
    finding: 'M1',
    name: 'a viewer reads from a history which run or API client asked',
    play: () =>
      on(async ({ site, clientId, send }) => {
        await send();
        const viewer = { accountId: site.jira.viewerAccountId };
        const view = JSON.stringify([
          await site.panel('panel.open', {}, viewer),
          await site.panel('panel.history', { shown: null }, viewer),
        ]);
        if (!view.includes('"undoes"')) throw new Error('There is no history to look at');
        const digest = derivedUuid('request', 'move', 'ACME-101');
        return view.includes(clientId) || view.includes(digest) || /"(runId|apiClientId|requestDigest)"/.test(view)
          ? 'The history tells it'
          : null;
      }),
  },
];

const REPLAYS: readonly Attack[] = [
  ...(
    [
      ['another work item', { issueKey: 'ACME-102' }],
      ['a removal', { action: 'remove', target: undefined }],
      ['any source', { source: 'any' }],
    ] as const
  ).map(([what, changes]): Attack => ({
    finding: 'input 6',
    name: `a used operation id is answered as done for ${what}`,
    play: () =>
      on(async ({ site, send }) => {
        await send();
        const { statusCode } = await send(changes);
        if (site.simulator.truth.writes().length !== 1) return 'It was carried out under the same id';
        return statusCode === 409 ? null : `It was answered ${statusCode}`;
      }),
  })),
  {
    finding: 'M1',
    name: 'one request is sent many times at once',
    rounds: 20,
    play: () =>
      on(async ({ site, send }) => {
        await Promise.all(Array.from({ length: 6 }, () => send()));
        const writes = site.simulator.truth.writes().length;
        return writes === 1 ? null : `It was carried out ${writes} times`;
      }),
  },
  {
    finding: 'M1',
    name: 'two different requests race for one id',
    rounds: 20,
    play: () =>
      on(async ({ site, to, other, send, where }) => {
        const answers = await Promise.all([to, other].map((id) => send({ target: `#${id}` })));
        const done = [to, other].filter((_id, at) => answers[at]?.statusCode === 200);
        if (site.simulator.truth.writes().length > 1) return 'Both were carried out';
        return done.every((id) => where().includes(id)) ? null : 'One was answered as done that was not';
      }),
  },
  {
    finding: 'M1',
    name: 'somebody repeats another’s panel move and is told that it was theirs',
    play: () =>
      on(async (scene) => {
        const { site } = scene;
        const move = panelMove(scene, randomUUID());
        valueOf(await site.panel('panel.move', move));
        const again = await site.panel('panel.move', move, { accountId: site.jira.adminAccountId });
        return again.kind === 'problem' && again.problem.code === 'operationIdTaken' ? null : JSON.stringify(again);
      }),
  },
  {
    finding: 'M1',
    name: 'an id of somebody else tells on which work item it was used',
    play: () =>
      on(async (scene) => {
        const { site, send } = scene;
        await send();
        const operationId = randomUUID();
        await plant(site, operationId, { issueKey: 'SECRET-1' });
        return JSON.stringify(await site.panel('panel.move', panelMove(scene, operationId))).includes('SECRET-1')
          ? 'The work item was told'
          : null;
      }),
  },
];

/** A rule or request that names its target by this text must not move the member to the segment `wrong`. */
function neverMovesTo(
  what: string,
  prepare: (
    scene: Scene,
  ) => Promise<{ readonly source?: string; readonly target?: string; readonly wrong: readonly number[] }>,
): Attack {
  return {
    finding: 'input 12',
    name: what,
    play: () =>
      on(async (scene) => {
        const { wrong, ...ends } = await prepare(scene);
        const { site, from, to, send, where } = scene;
        const inputs = { source: `#${from}`, target: `#${to}`, ...ends };
        await site.action('move-reporter', { issueKey: 'ACME-101', ...inputs });
        await send(inputs);
        return where().some((id) => wrong.includes(id)) ? `They are in ${where().join(', ')}` : null;
      }),
  };
}

const NAMES: readonly Attack[] = [
  neverMovesTo('a segment is named like the id that a rule means', async ({ site, to, other }) => {
    await renameSegment(site, other, String(to));
    return { target: String(to), wrong: [to, other] };
  }),
  neverMovesTo('a segment is named like the id with its sign that a form keeps', async ({ site, to, other }) => {
    await renameSegment(site, other, `#${to}`);
    return { wrong: [other] };
  }),
  neverMovesTo('a segment takes the place of a deleted one by its id as a name', async ({ site, to, other }) => {
    await renameSegment(site, other, '424242');
    await renameSegment(site, to, 'Somewhere else');
    return { target: '#424242', wrong: [other, to] };
  }),
  neverMovesTo('a second segment gets the name that a rule means', async ({ site, to, other }) => {
    for (const id of [to, other]) await renameSegment(site, id, 'Twin');
    return { target: 'Twin', wrong: [to, other] };
  }),
  neverMovesTo('a second segment gets a name that only looks the same', async ({ site, to, other }) => {
    await renameSegment(site, to, 'Caf\u00e9');
    await renameSegment(site, other, 'Cafe\u0301');
    return { target: 'Caf\u00e9', wrong: [to, other] };
  }),
  neverMovesTo('a segment is named "any"', async ({ site, to, other }) => {
    await renameSegment(site, other, 'Any');
    return { source: 'any', wrong: [to] };
  }),
  neverMovesTo('a segment has no name, and a rule names none', async ({ site, to }) => {
    await renameSegment(site, to, ' ');
    return { target: ' ', wrong: [to] };
  }),
  {
    finding: 'input 12',
    name: 'a removal is sent with the target of a move',
    play: () =>
      on(async ({ send, where, from }) => {
        await send({ action: 'remove' });
        return where().includes(from) ? null : 'They were removed';
      }),
  },
  {
    finding: 'input 12',
    name: 'a body names its target twice',
    play: () =>
      on(async ({ site, send, to, other, where }) => {
        const sent = send({ target: `#${to}","target":"#${other}` }, (body) => body.replaceAll('\\"', '"'));
        const { statusCode } = await sent;
        if (site.simulator.truth.writes().length > 0) return `They are in ${where().join(', ')}`;
        return statusCode === 400 ? null : `It was answered ${statusCode}`;
      }),
  },
];

/** A site where the JQL function is on and its directory complete. */
function searching(play: (scene: Scene) => Promise<string | null>): Promise<string | null> {
  return on(async (scene) => {
    valueOf(await scene.site.admin('admin.saveJql', { isOn: true }));
    await scene.site.refreshSlice();
    return play(scene);
  });
}

const SEARCHES: readonly Attack[] = [
  {
    finding: 'M2',
    name: 'a search is answered while the function is off',
    play: () =>
      on(async ({ site, from }) => {
        await site.refreshSlice();
        const answers = await Promise.all([`#${from}`, 'Nobody'].map((given) => site.jql(given)));
        if (answers.some((answer) => JSON.stringify(answer).includes('"jql"'))) return 'It was answered';
        return JSON.stringify(answers[0]) === JSON.stringify(answers[1]) ? null : 'It tells which segments there are';
      }),
  },
  {
    finding: 'M2',
    name: 'searches starve the panels',
    play: () =>
      searching(async (scene) => {
        const { site, from, to } = scene;
        site.platform.clearRecords();
        await Promise.all(
          Array.from({ length: 100 }, (_one, at) => site.jql(at % 2 === 0 ? `#${from}` : `Guess ${at}`)),
        );
        if (site.platform.calls.some(({ kind }) => kind === 'egress')) return 'A search called Shorter Loop';
        for (const [fromSegmentId, toSegmentId] of [
          [from, to],
          [to, from],
          [from, to],
          [to, from],
        ] as const) {
          const move = { ...panelMove(scene, randomUUID()), fromSegmentId, toSegmentId };
          const moved = await site.panel('panel.move', move);
          if (moved.kind === 'problem') return `A move was refused: ${moved.problem.code}`;
        }
        return null;
      }),
  },
  {
    finding: 'M2',
    name: 'what Jira keeps goes on telling once the function is off',
    play: () =>
      searching(async ({ site, from }) => {
        const { jql } = (await site.jql(`#${from}`)) as { jql: string };
        const kept = { id: 'kept', field: 'reporter', operator: 'in', arguments: [`#${from}`], value: jql };
        const updates: unknown[] = [];
        site.platform.intercept((call, _proceed, init) => {
          if (call.kind !== 'jira' || !call.path.startsWith('/rest/api/3/jql/function')) return undefined;
          if (init.method !== 'GET') updates.push(init.body);
          const body = init.method === 'GET' ? JSON.stringify({ values: [kept], isLast: true }) : '{}';
          return { status: 200, headers: { 'content-type': 'application/json' }, body };
        });
        valueOf(await site.admin('admin.saveJql', { isOn: false }));
        await site.refreshJql();
        return updates.join().includes('switched off') ? null : 'It was not taken back';
      }),
  },
  {
    finding: 'M2',
    name: 'a search is answered in a project where the app is off',
    play: () =>
      searching(async ({ site, from }) => {
        const project = { id: '10777', key: 'ELSE', name: 'Elsewhere' };
        const scope = { version: 1, scope: { kind: 'only', projects: [project] } };
        site.platform.kvs.handle('/api/v1/set', { key: 'projects', value: scope });
        const { jql = '' } = (await site.jql(`#${from}`)) as { jql?: string };
        return jql.startsWith('(project in (10777) AND ') ? null : `It was answered with ${jql}`;
      }),
  },
  {
    finding: 'M2',
    name: 'a NOT before the function turns only a part of its answer around',
    play: () =>
      searching(async ({ site, from }) => {
        const scope = { kind: 'only', projects: [{ id: '10000', key: 'ACME', name: 'Acme' }] };
        site.platform.kvs.handle('/api/v1/set', { key: 'projects', value: { version: 1, scope } });
        const { jql = '' } = (await site.jql(`#${from}`)) as { jql?: string };
        const found = async (query: string): Promise<number> => {
          const asked = { as: 'user', accountId: site.jira.adminAccountId, scopes: ['read:jira-work'] } as const;
          const body = JSON.stringify({ jql: query, fields: ['id'], maxResults: 5_000 });
          const { body: answer } = await site.jira.rest({
            ...asked,
            method: 'POST',
            path: '/rest/api/3/search/jql',
            body,
          });
          return (JSON.parse(answer) as { issues: unknown[] }).issues.length;
        };
        // Jira may put the very text in the function's place: of what is in no project it would then tell those people.
        const [theirs, others] = [await found(jql), await found(`NOT ${jql}`)];
        return theirs > 0 && others > 0 ? null : `${String(theirs)} and ${String(others)} work items were found`;
      }),
  },
  {
    finding: 'M2',
    name: 'guessed names tell which segments there are',
    play: () =>
      searching(async ({ site, from, other }) => {
        await renameSegment(site, other, String(from));
        site.platform.kvs.handle('/api/v1/set', { key: 'directory-asked', value: Date.now() + 1 });
        await site.refreshSlice();
        const answers = await Promise.all(['X', String(from)].map((given) => site.jql(given)));
        const [unknown, ambiguous] = answers.map((answer) => JSON.stringify(answer).replace(/“.*?”/, ''));
        return unknown === ambiguous ? null : 'A name that two have is told apart from one that nobody has';
      }),
  },
  {
    finding: 'M2',
    name: 'a count of the future silences every search',
    play: () =>
      searching(async ({ site, from }) => {
        const row = { tokens: 1_000, atMs: Date.now() + 1e12, revision: 'x' };
        site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'rate-limit', key: 'jql', value: row });
        return 'jql' in ((await site.jql(`#${from}`)) as object) ? null : 'No search is answered any more';
      }),
  },
  {
    finding: 'input 15',
    name: '“not in” an empty segment finds work items without a reporter',
    play: () =>
      searching(async ({ site }) => {
        const segment = site.simulator.segments.at(-1)?.id ?? 0;
        for (const { key } of site.platform.kvs.entity('link'))
          site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'link', key });
        const { jql = '' } = (await site.jqlOf('not in', `#${segment}`)) as { jql?: string };
        return jql === 'reporter is not EMPTY' ? null : `It was answered with ${jql}`;
      }),
  },
];

export const attacks: readonly Attack[] = [...PRE_TAKEN, ...REPLAYS, ...NAMES, ...SEARCHES];
