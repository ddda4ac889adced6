import { accessFor } from '../../../sandbox/teamAccess';
import { eraseAccount } from '../../../src/adapters/store';
import type { BulkActInput, Result, RunView, SaveAccessInput } from '../../../src/contract';
import { openBulkLab, type BulkLab } from '../../support/bulkLab';
import { valueOf } from '../../support/site';
import type { Attack } from '../attack';
import { putRow } from '../onSite';

const REPORTERS = 24;
const DAY_MS = 86_400_000;
const QUERY = 'project = ACME';

/** A bulk lab with what these attacks do in it. Agents may run in bulk unless an attack says otherwise. */
type Scene = BulkLab & {
  readonly agent: string;
  readonly admin: string;
  /** A second person of the site, who is given another role where that matters. */
  readonly colleague: string;
  readonly move: BulkActInput;
  readonly remove: BulkActInput;
  readonly allow: (access: SaveAccessInput) => Promise<void>;
  readonly previewAsAgent: (act?: BulkActInput) => Promise<RunView>;
  readonly bulk: BulkLab['site']['bulk'];
  /** Starts a run whose first event is lost: the recovery takes it up, so that something can happen in between. */
  readonly startLater: (runId: string, accountId: string) => Promise<void>;
  readonly switchOff: () => void;
  readonly passDays: (days: number) => Promise<void>;
  /** Lets the run come to its end, whatever that is. */
  readonly finish: (runId: string) => Promise<RunView>;
  readonly written: () => number;
  readonly dump: (entity?: string) => string;
};

/** Plays in a lab of its own. */
function scene(play: (lab: Scene) => Promise<string | null>): () => Promise<string | null> {
  return async () => {
    const lab = await openBulkLab(REPORTERS);
    try {
      const acting = sceneOf(lab);
      await acting.allow(accessFor('EDIT_ISSUES'));
      return await play(acting);
    } finally {
      await lab.stop();
    }
  };
}

function sceneOf(lab: BulkLab): Scene {
  const { site, time } = lab;
  const { defaultAccountId: agent, adminAccountId: admin, viewerAccountId: colleague } = site.jira;
  const move = { kind: 'move', from: null, to: site.simulator.segments[0]?.id ?? 0 } as const;
  const loses = (isLost: boolean): void => site.platform.queue.setDelivery({ copies: () => 1, loses: () => isLost });
  return {
    ...lab,
    agent,
    admin,
    colleague,
    move,
    remove: { kind: 'remove', from: site.simulator.segments.map(({ id }) => id) },
    allow: async (access) => void valueOf(await time.until(site.admin('admin.saveAccess', access))),
    previewAsAgent: (act = move) => lab.preview(act, QUERY, agent),
    bulk: (name, payload, accountId) => time.until(site.bulk(name, payload, accountId)),
    startLater: async (runId, accountId) => {
      loses(true);
      await lab.start(runId, accountId);
      loses(false);
    },
    switchOff: () => {
      const projects = [{ id: '99', key: 'ELSE', name: 'Elsewhere' }];
      site.platform.kvs.handle('/api/v1/set', {
        key: 'projects',
        value: { version: 1, scope: { kind: 'only', projects } },
      });
    },
    // A timer takes no more than 24 days.
    passDays: async (days) => {
      for (let day = 0; day < days; day += 1) await time.pass(DAY_MS);
    },
    finish: async (runId) => {
      await time.pass(300_000);
      await time.until(site.recovery());
      await time.pass(60_000);
      return lab.look(runId);
    },
    written: () => site.simulator.truth.writes().length,
    dump: (entity) =>
      JSON.stringify(entity === undefined ? site.platform.kvs.snapshot() : site.platform.kvs.entity(entity)),
  };
}

/** What an attack that sends something it may not has achieved. */
const sentBy = ({ written }: Scene, what: string): string | null =>
  written() === 0 ? null : `${what}: ${String(written())} writes were sent`;
const doneBy = (answer: Result<unknown>, what: string): string | null => (answer.kind === 'ok' ? what : null);

/**
 * Has Jira answer as after all issues were moved into another project.
 * @param status what a search for issues by their ids answers: Jira refuses it where one of them is gone
 */
function moveEverything({ site }: Scene, status: 200 | 400): void {
  const elsewhere = { id: '99', key: 'ELSE', name: 'Elsewhere' };
  const issuesOf = (ids: readonly string[]) =>
    JSON.stringify({ issues: ids.map((id) => ({ id, key: `ELSE-${id}`, fields: { project: elsewhere } })) });
  site.platform.intercept((call, _proceed, { body }) => {
    if (call.kind !== 'jira') return undefined;
    const asked = String(body);
    const headers = { 'content-type': 'application/json' };
    if (call.path.startsWith('/rest/api/3/issue/bulkfetch'))
      return { status: 200, headers, body: issuesOf(asked.match(/\d{5,}/g) ?? []) };
    const [, ids] = /id in \(([\d, ]+)\) AND project not in/.exec(asked) ?? [];
    if (ids === undefined) return undefined;
    return status === 200 ? { status, headers, body: issuesOf(ids.split(', ')) } : { status, headers, body: '{}' };
  });
}

const permissions: readonly Attack[] = [
  {
    finding: 'H2',
    name: 'an agent starts a preview after losing all access',
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent();
      lab.site.jira.setRole(lab.agent, 'noAccess');
      const started = await lab.bulk('bulk.start', { runId }, lab.agent);
      await lab.finish(runId);
      return doneBy(started, 'The run was started') ?? sentBy(lab, 'Without access');
    }),
  },
  {
    finding: 'H2',
    name: 'an agent keeps Browse projects alone between start and the first session',
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent();
      await lab.startLater(runId, lab.agent);
      lab.site.jira.setRole(lab.agent, 'viewer');
      const { results } = await lab.finish(runId);
      return sentBy(lab, 'Without Edit issues') ?? (results.notPermitted === 0 ? 'Nobody is told as left out' : null);
    }),
  },
  {
    finding: 'H2',
    name: 'an agent is taken out of the group of the bulk rule before the first session',
    play: scene(async (lab) => {
      await lab.allow({
        ...accessFor('EDIT_ISSUES'),
        bulk: { permission: 'EDIT_ISSUES', groupNames: ['support'] },
      });
      const { runId } = await lab.previewAsAgent();
      await lab.startLater(runId, lab.agent);
      lab.site.jira.setGroups(lab.agent, ['product-team']);
      await lab.finish(runId);
      return sentBy(lab, 'Outside of the group');
    }),
  },
  {
    finding: 'H2',
    name: 'permission is lost between two sessions of a run',
    play: scene(async (lab) => {
      lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 300 } });
      const { runId } = await lab.previewAsAgent();
      await lab.start(runId, lab.agent);
      await lab.time.pass(2_500);
      valueOf(await lab.bulk('bulk.pause', { runId }));
      await lab.time.pass(30_000);
      const before = lab.written();
      lab.site.jira.setRole(lab.agent, 'noAccess');
      const resumed = await lab.bulk('bulk.resume', { runId }, lab.agent);
      await lab.finish(runId);
      return doneBy(resumed, 'The run was resumed') ?? (lab.written() > before ? 'The run went on' : null);
    }),
  },
  {
    finding: 'H2',
    name: 'a run that rests for a while goes on by itself after its starter lost the permission',
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent();
      lab.site.simulator.faults.add({ fault: { kind: 'keyRevoked' } });
      await lab.start(runId, lab.agent);
      await lab.time.pass(60_000);
      const resting = await lab.look(runId);
      lab.site.simulator.faults.clear();
      const before = lab.written();
      lab.site.jira.setRole(lab.agent, 'viewer');
      await lab.finish(runId);
      if (resting.pause?.by !== 'app') return 'The run did not rest, so that nothing was tried';
      return lab.written() > before ? 'It went on without the permission' : null;
    }),
  },
  {
    finding: 'H2',
    name: 'a preview of a project is started after the app was switched off there',
    play: scene(async (lab) => {
      const { runId } = await lab.preview(lab.move);
      lab.switchOff();
      await lab.bulk('bulk.start', { runId });
      await lab.finish(runId);
      return sentBy(lab, 'In a project that is off');
    }),
  },
  ...([200, 400] as const).map((status): Attack => ({
    finding: 'H2',
    name: `the work items of a preview are moved into a project where the app is off, and a search for them answers ${status}`,
    play: scene(async (lab) => {
      valueOf(await lab.time.until(lab.site.admin('admin.saveProjects', { keys: ['ACME'] })));
      const { runId, verdicts } = await lab.preview(lab.move);
      if (verdicts.willWrite === 0) return 'Nobody would be moved, so that nothing was tried';
      moveEverything(lab, status);
      await lab.bulk('bulk.start', { runId });
      const { results } = await lab.finish(runId);
      return (
        sentBy(lab, 'In a project that is off') ?? (results.projectOff === 0 ? 'Nobody is told as left out' : null)
      );
    }),
  })),
  {
    finding: 'H2',
    name: 'a preview moves members whose link to the reporter was taken back, or is to somebody else, since then',
    play: scene(async (lab) => {
      const { runId } = await lab.preview(lab.move);
      const [one, two] = (await lab.report(runId)).filter(({ verdict }) => verdict === 'willWrite');
      if (one?.memberId == null || two?.memberId == null) return 'Nobody would be moved, so that nothing was tried';
      const { admin } = lab.site;
      const linked = { accountId: one.accountId, memberId: one.memberId };
      const ask: Scene['time']['until'] = (answer) => lab.time.until(answer);
      valueOf(await ask(admin('admin.unlinkReporter', linked)));
      const [other] = (await lab.report(runId)).filter(({ verdict }) => verdict === 'alreadyThere');
      const stranger = { accountId: two.accountId, memberId: other?.memberId ?? one.memberId };
      valueOf(await ask(admin('admin.linkReporter', stranger)));
      await lab.start(runId);
      await lab.finish(runId);
      const told = (await lab.report(runId)).filter(({ reason }) => reason === 'linkChanged').length;
      const moved = [one, two].filter(({ memberId }) =>
        lab.site.simulator.truth.membershipsOf(memberId ?? 0).includes(lab.site.simulator.segments[0]?.id ?? 0),
      );
      if (lab.written() === 0) return 'Nobody was moved at all, so that this shows nothing';
      if (moved.length > 0) return `${String(moved.length)} members were moved`;
      return told === 2 ? null : `${String(told)} of 2 are told as changed`;
    }),
  },
  {
    finding: 'H2',
    name: 'an undo follows people whose work items are in a project where the app is off by now',
    play: scene(async (lab) => {
      valueOf(await lab.time.until(lab.site.admin('admin.saveProjects', { keys: ['ACME'] })));
      const { runId } = await lab.preview(lab.move);
      await lab.start(runId);
      const { results } = await lab.finish(runId);
      const before = lab.written();
      moveEverything(lab, 200);
      const undo = await lab.followUp('undo', runId);
      await lab.bulk('bulk.start', { runId: undo.runId });
      await lab.finish(undo.runId);
      if (results.confirmed === 0) return 'Nobody was moved, so that nothing was tried';
      return lab.written() > before ? 'People were moved back' : null;
    }),
  },
  {
    finding: 'H2',
    name: 'the project is switched off in the middle of a run',
    rounds: 10,
    play: scene(async (lab) => {
      lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 200 } });
      const { runId } = await lab.preview(lab.move);
      await lab.start(runId);
      await lab.time.pass(500 + Math.floor(Math.random() * 3_000));
      lab.switchOff();
      // The one that is under way.
      const most = lab.written() + 1;
      await lab.finish(runId);
      return lab.written() > most ? `${String(lab.written() - most)} batches more were sent` : null;
    }),
  },
  ...(['retry', 'undo'] as const).map((kind): Attack => ({
    finding: 'H2',
    name: `an agent makes a ${kind} of an old run after losing all access`,
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent();
      await lab.start(runId, lab.agent);
      await lab.finish(runId);
      const before = lab.written();
      lab.site.jira.setRole(lab.agent, 'noAccess');
      const made = await lab.bulk('bulk.create', { source: { kind, runId }, act: null }, lab.agent);
      return doneBy(made, 'A run was made') ?? (lab.written() > before ? 'Something was sent' : null);
    }),
  })),
  {
    finding: 'H2',
    name: 'an undo reaches into a project where the app was switched off since',
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent();
      await lab.start(runId, lab.agent);
      const { results } = await lab.finish(runId);
      const before = lab.written();
      lab.switchOff();
      const undo = await lab.followUp('undo', runId, lab.agent);
      await lab.bulk('bulk.start', { runId: undo.runId }, lab.agent);
      await lab.finish(undo.runId);
      if (results.confirmed === 0) return 'Nobody was moved, so that nothing was tried';
      return lab.written() > before ? 'People were moved back' : null;
    }),
  },
  {
    finding: 'H2',
    name: 'an outage of Jira passes for a permission',
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent();
      await lab.startLater(runId, lab.agent);
      lab.site.jira.faults.add({ path: 'permissions', fault: { kind: 'status', code: 503 } });
      await lab.time.pass(300_000);
      await lab.time.until(lab.site.recovery());
      await lab.time.pass(60_000);
      if (sentBy(lab, 'Unasked') !== null) return sentBy(lab, 'Unasked');
      lab.site.jira.faults.clear();
      const { state, pause } = await lab.look(runId);
      return state === 'paused' && pause?.by === 'app' ? null : `The run is ${state}, and does not wait`;
    }),
  },
  {
    finding: 'H2',
    name: 'a colleague with the same rule opens, starts and stops the run of another',
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent();
      lab.site.jira.setRole(lab.colleague, 'agent');
      for (const name of ['bulk.run', 'bulk.start', 'bulk.pause', 'bulk.resume', 'bulk.cancel'] as const)
        if ((await lab.bulk(name, { runId }, lab.colleague)).kind === 'ok') return `${name} was answered`;
      const retried = await lab.bulk('bulk.create', { source: { kind: 'retry', runId }, act: null }, lab.colleague);
      return doneBy(retried, 'A run was made of it');
    }),
  },
  {
    finding: 'H2',
    name: 'a Jira admin whom the rule leaves out starts, resumes, retries or undoes the run of another',
    play: scene(async (lab) => {
      await lab.allow({
        ...accessFor('EDIT_ISSUES'),
        bulk: { permission: 'EDIT_ISSUES', groupNames: ['support'] },
      });
      const { runId } = await lab.previewAsAgent();
      for (const name of ['bulk.start', 'bulk.resume'] as const)
        if ((await lab.bulk(name, { runId })).kind === 'ok') return `${name} was answered`;
      for (const kind of ['retry', 'undo'] as const)
        if ((await lab.bulk('bulk.create', { source: { kind, runId }, act: null })).kind === 'ok')
          return `A ${kind} was made`;
      const seen = await lab.bulk('bulk.open');
      if (seen.kind === 'problem' || seen.value.runs.length === 0) return 'The admin can’t even see it';
      return (await lab.bulk('bulk.cancel', { runId })).kind === 'ok' ? null : 'The admin can’t stop it';
    }),
  },
];

const hidden: readonly Attack[] = [
  {
    finding: 'H2',
    name: 'an agent hides a run that goes on from Jira admins and from others behind many previews',
    play: scene(async (lab) => {
      lab.site.jira.setRole(lab.colleague, 'agent');
      const { runId } = await lab.previewAsAgent();
      await lab.startLater(runId, lab.agent);
      const source = { kind: 'jql', jql: 'key = ACME-101' };
      const own = valueOf(await lab.bulk('bulk.create', { source, act: lab.move }, lab.colleague)).runId;
      // Another try asks Shorter Loop nothing, so that nothing slows it down.
      const again = { source: { kind: 'retry', runId }, act: null };
      for (let nth = 0; nth < 90; nth += 1) valueOf(await lab.bulk('bulk.create', again, lab.agent));
      const seenBy = async (accountId: string): Promise<readonly string[]> =>
        valueOf(await lab.bulk('bulk.open', {}, accountId)).runs.map((run) => run.runId);
      if (!(await seenBy(lab.admin)).includes(runId)) return 'An admin does not see a run that goes on';
      return (await seenBy(lab.colleague)).includes(own) ? null : 'A colleague does not see their own run';
    }),
  },
  {
    finding: 'Growth',
    name: 'somebody has runs stored without end by never starting them',
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent();
      const again = { source: { kind: 'retry', runId }, act: null };
      const answers = [];
      for (let nth = 0; nth < 130; nth += 1) answers.push(await lab.bulk('bulk.create', again, lab.agent));
      const made = answers.filter(({ kind }) => kind === 'ok').length;
      if (made > 100) return `${String(made)} were stored`;
      const last = answers.at(-1);
      if (last?.kind !== 'problem' || last.problem.code !== 'run') return 'It is not said why';
      await lab.bulk('bulk.cancel', { runId }, lab.agent);
      const next = await lab.bulk('bulk.create', again, lab.agent);
      return next.kind === 'ok' ? null : 'Nothing leads out of it';
    }),
  },
  {
    finding: 'M5',
    name: 'a run whose row is of no known form closes the page of runs',
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent();
      putRow(lab.site, 'run', 'odd', { version: 1, state: 'running', createdAtMs: Date.now(), body: { groups: 7 } });
      const opened = await lab.bulk('bulk.open', {}, lab.admin);
      if (opened.kind === 'problem') return `It answers ${opened.problem.code}`;
      return opened.value.runs.some((run) => run.runId === runId) ? null : 'The others are not shown';
    }),
  },
];

const rules: readonly Attack[] = [
  {
    finding: 'M3',
    name: 'people are removed in bulk without the Remove rule',
    play: scene(async (lab) => {
      await lab.allow({
        ...accessFor('EDIT_ISSUES'),
        remove: { permission: 'ADMINISTER', groupNames: [] },
      });
      const source = { kind: 'jql', jql: QUERY };
      return doneBy(await lab.bulk('bulk.create', { source, act: lab.remove }, lab.agent), 'A removal was previewed');
    }),
  },
  {
    finding: 'M3',
    name: 'the Remove rule is narrowed after a removal was previewed',
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent(lab.remove);
      await lab.allow({
        ...accessFor('EDIT_ISSUES'),
        remove: { permission: 'EDIT_ISSUES', groupNames: ['jira-administrators'] },
      });
      await lab.bulk('bulk.start', { runId }, lab.agent);
      await lab.finish(runId);
      return sentBy(lab, 'Against the rule');
    }),
  },
  {
    finding: 'M3',
    name: 'the Move rule is narrowed in the middle of a run',
    play: scene(async (lab) => {
      lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 300 } });
      const { runId } = await lab.previewAsAgent();
      await lab.start(runId, lab.agent);
      await lab.time.pass(2_500);
      await lab.allow({
        ...accessFor('EDIT_ISSUES'),
        move: { permission: 'ADMINISTER', groupNames: [] },
      });
      const most = lab.written() + 1;
      await lab.finish(runId);
      return lab.written() > most ? `${String(lab.written() - most)} batches more were sent` : null;
    }),
  },
  {
    finding: 'M3',
    name: 'a removal is brought in as the retry of a run from when it was allowed',
    play: scene(async (lab) => {
      const { runId } = await lab.previewAsAgent(lab.remove);
      await lab.bulk('bulk.cancel', { runId }, lab.agent);
      await lab.allow({
        ...accessFor('EDIT_ISSUES'),
        remove: { permission: 'ADMINISTER', groupNames: [] },
      });
      const made = await lab.followUp('retry', runId, lab.agent);
      await lab.bulk('bulk.start', { runId: made.runId }, lab.agent);
      await lab.finish(made.runId);
      return sentBy(lab, 'By a retry');
    }),
  },
  {
    finding: 'M3',
    name: 'a list of accounts goes around the rules, which hold on issues',
    play: scene(async (lab) => {
      await lab.allow({
        ...accessFor('EDIT_ISSUES'),
        bulk: { permission: 'ADMINISTER', groupNames: [] },
        move: { permission: 'ADMINISTER', groupNames: ['support'] },
      });
      const made = await lab.bulk('bulk.create', { source: { kind: 'accounts' }, act: lab.move });
      return doneBy(made, 'A list was taken');
    }),
  },
];

const SECRETS = [
  'ann@acme.example',
  'Ann Example',
  '557058:0a1b2c3d',
  'bob\\@acme.example',
  '5b10a2844c20165700ede21g',
];
const PERSONAL_QUERY = [
  `${QUERY} OR reporter in ("ann@acme.example", 557058:0a1b2c3d, "Ann Example")`,
  'OR assignee = "bob\\\\@acme.example" AND NOT (reporter != 5b10a2844c20165700ede21g) ORDER BY created',
].join(' ');

const queries: readonly Attack[] = [
  {
    finding: 'M4',
    name: 'a query full of people is read in storage while it is read, afterwards, and after it was cancelled',
    play: scene(async (lab) => {
      const told = (when: string): string | null => {
        const found = SECRETS.find((secret) => lab.dump().includes(secret.replaceAll('\\', '\\\\')));
        return found === undefined && !lab.dump().includes('acme.example\\"') ? null : `${when}: ${found ?? 'part'}`;
      };
      const source = { kind: 'jql', jql: PERSONAL_QUERY };
      const { runId } = valueOf(await lab.bulk('bulk.create', { source, act: lab.move }));
      const reading = told('while it is read');
      if (reading !== null) return reading;
      await lab.bulk('bulk.cancel', { runId });
      await lab.preview(lab.move, PERSONAL_QUERY);
      return told('afterwards');
    }),
  },
  {
    finding: 'M4',
    name: 'a query that Jira refuses stands in storage or in the log all the same',
    play: scene(async (lab) => {
      const source = { kind: 'jql', jql: 'nonsense = "ann@acme.example"' };
      const said: string[] = [];
      const { error, warn } = console;
      console.error = console.warn = (...parts: unknown[]) => void said.push(JSON.stringify(parts));
      await lab.bulk('bulk.create', { source, act: lab.move });
      Object.assign(console, { error, warn });
      return `${lab.dump()}${said.join()}`.includes('ann@') ? 'It was kept or logged' : null;
    }),
  },
  {
    finding: 'M4',
    name: 'the short name of a query that is still read is guessed from storage',
    play: scene(async (lab) => {
      const { createHash } = await import('node:crypto');
      const jql = 'reporter = "ann@acme.example"';
      const source = { kind: 'jql', jql };
      const { runId } = valueOf(await lab.bulk('bulk.create', { source, act: lab.move }));
      const dump = lab.dump('run');
      const guesses = [jql, `${runId}${jql}`, JSON.stringify(['bulk', 'query', runId, jql])];
      const isFound = guesses.some((guess) =>
        (['hex', 'base64', 'base64url'] as const).some((form) =>
          dump.includes(createHash('sha256').update(guess).digest(form)),
        ),
      );
      return isFound ? 'A hash without a secret stands there' : null;
    }),
  },
  {
    finding: 'M6',
    name: 'a read step brings another query than the run shows',
    play: scene(async (lab) => {
      const source = { kind: 'jql', jql: 'key = ACME-101' };
      const { runId } = valueOf(await lab.bulk('bulk.create', { source, act: lab.move }));
      for (const jql of [QUERY, 'key = ACME-102', 'key = … ', 'key = …', `key = ACME-101 OR ${QUERY}`]) {
        const read = await lab.bulk('bulk.read', { runId, kind: 'jql', jql, pageToken: null });
        if (read.kind === 'ok') return `It read ${jql}`;
      }
      return (await lab.look(runId)).issues === 0 ? null : 'Something was counted';
    }),
  },
  {
    finding: 'M6',
    name: 'a read step goes on with the page of another query',
    play: scene(async (lab) => {
      const source = { kind: 'jql', jql: 'key = ACME-101' };
      const { runId } = valueOf(await lab.bulk('bulk.create', { source, act: lab.move }));
      const step = { runId, kind: 'jql', jql: source.jql };
      const tokens = [
        Buffer.from('from:0').toString('base64url'),
        `a.${Buffer.from('from:0').toString('base64url')}`,
        '',
      ];
      for (const pageToken of tokens)
        if ((await lab.bulk('bulk.read', { ...step, pageToken })).kind === 'ok') return `It took ${pageToken}`;
      return null;
    }),
  },
];

const ledger: readonly Attack[] = [
  {
    finding: 'M6',
    name: 'a run is started by another, and its creator stands in the ledger for it',
    play: scene(async (lab) => {
      await lab.allow({ ...accessFor('EDIT_ISSUES'), bulk: { permission: 'ADMINISTER', groupNames: [] } });
      lab.site.jira.setRole(lab.colleague, 'admin');
      const { runId } = await lab.preview(lab.move);
      await lab.start(runId, lab.colleague);
      await lab.finish(runId);
      if (lab.written() === 0) return 'Nothing was sent, so that nothing was tried';
      return lab.dump('ledger').includes(lab.admin) ? 'The creator is named' : null;
    }),
  },
  {
    finding: 'M6',
    name: 'two start a run at once, and one answers for what the other did',
    rounds: 10,
    play: scene(async (lab) => {
      await lab.allow({ ...accessFor('EDIT_ISSUES'), bulk: { permission: 'ADMINISTER', groupNames: [] } });
      lab.site.jira.setRole(lab.colleague, 'admin');
      const { runId } = await lab.preview(lab.move);
      const both = [lab.admin, lab.colleague].toSorted(() => Math.random() - 0.5);
      const answers = await lab.time.until(Promise.all(both.map((who) => lab.site.bulk('bulk.start', { runId }, who))));
      const starters = answers.flatMap((answer) => (answer.kind === 'ok' ? [answer.value.startedByAccountId] : []));
      const { results, verdicts } = await lab.finish(runId);
      if (starters.length !== 1) return `${String(starters.length)} of them started it`;
      if (results.confirmed !== verdicts.willWrite) return 'Not everybody was moved';
      const applied = lab.site.simulator.truth.writes().flatMap((write) => write.applied);
      if (new Set(applied).size !== applied.length) return 'Somebody was moved twice';
      const other = both.find((who) => who !== starters[0]) ?? '';
      return lab.dump('ledger').includes(other) ? 'Both stand in the ledger' : null;
    }),
  },
  {
    finding: 'M6',
    name: 'a run is paused and resumed by another within a moment, so that the first answers for the rest',
    rounds: 10,
    play: scene(async (lab) => {
      await lab.allow({ ...accessFor('EDIT_ISSUES'), bulk: { permission: 'ADMINISTER', groupNames: [] } });
      lab.site.jira.setRole(lab.colleague, 'admin');
      lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 200 } });
      const { runId } = await lab.preview(lab.move);
      await lab.start(runId, lab.colleague);
      await lab.time.pass(500 + Math.floor(Math.random() * 1_500));
      valueOf(await lab.bulk('bulk.pause', { runId }));
      valueOf(await lab.bulk('bulk.resume', { runId }));
      const before = byActor(lab);
      await lab.finish(runId);
      const after = byActor(lab);
      // A batch that was open already is still theirs, its intentions stand in the ledger.
      const more = (after.get(lab.colleague) ?? 0) - (before.get(lab.colleague) ?? 0);
      return more > 0 ? `${String(more)} writes more are told as theirs` : null;
    }),
  },
];

function byActor({ site }: Scene): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { value } of site.platform.kvs.entity('ledger')) {
    const { actorAccountId } = value as { readonly actorAccountId: string };
    counts.set(actorAccountId, (counts.get(actorAccountId) ?? 0) + 1);
  }
  return counts;
}

const storage: readonly Attack[] = [
  {
    finding: 'LOW',
    name: 'the people of a run that was started late outlive it, or go before it',
    play: scene(async (lab) => {
      const { runId } = await lab.preview(lab.move);
      await lab.passDays(80);
      await lab.start(runId);
      await lab.finish(runId);
      await lab.passDays(40);
      await lab.time.until(lab.site.upkeep());
      const people = (): number => lab.site.platform.kvs.entity('run-person').length;
      if (!lab.dump('run').includes(runId) || people() === 0) return 'They went before their time';
      await lab.passDays(51);
      await lab.time.until(lab.site.upkeep());
      return people() > 0 || lab.dump('run').includes(runId) ? `${String(people())} people are still there` : null;
    }),
  },
  {
    finding: 'LOW',
    name: 'an account that is closed during a run is written back into it',
    rounds: 10,
    play: scene(async (lab) => {
      lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 200 } });
      const { runId } = await lab.preview(lab.move);
      const people = (await lab.report(runId)).filter(({ verdict }) => verdict === 'willWrite');
      const closed = people[Math.floor(Math.random() * people.length)]?.accountId ?? '';
      await lab.start(runId);
      await lab.time.pass(Math.floor(Math.random() * 3_000));
      await lab.time.until(lab.site.app.runAs({ moduleKey: 'upkeep-runs' }, () => eraseAccount(closed)));
      await lab.finish(runId);
      return lab.dump('run-person').includes(closed) ? 'It stands there again' : null;
    }),
  },
  {
    finding: 'LOW',
    name: 'a hundred new runs at once ask Shorter Loop outside of the rate limit',
    play: scene(async (lab) => {
      const asked = Array.from({ length: 120 }, () =>
        lab.site.bulk('bulk.create', { source: { kind: 'jql', jql: QUERY }, act: lab.move }),
      );
      const answers = await lab.time.until(Promise.all(asked));
      const made = answers.filter(({ kind }) => kind === 'ok').length;
      return made > 60 ? `${String(made)} of 120 were let through` : null;
    }),
  },
];

export const attacks: readonly Attack[] = [...permissions, ...hidden, ...rules, ...queries, ...ledger, ...storage];
