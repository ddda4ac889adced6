import { randomUUID } from 'node:crypto';
import path from 'node:path';
import fc from '../support/chance';
import { RESOLVERS as ENTRY_POINTS } from '../support/resolvers';
import { readEntryPoints } from '../checks/readEntryPoints';
import { createSite, linkedOf, problemOf, valueOf, type Site } from '../support/site';

type EntryPointName = keyof typeof ENTRY_POINTS;
const NAMES = Object.keys(ENTRY_POINTS) as EntryPointName[];
const { invokes } = readEntryPoints(path.join(__dirname, '../..'));
const functionsOf = (entryPoint: EntryPointName): readonly string[] =>
  invokes.find((one) => one.entryPoint === entryPoint)?.contract ?? [];

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true });
});
afterEach(() => site.stop());

const issueId = (): string => site.jira.issueFor('one').id;
const invoke = (
  entryPoint: EntryPointName,
  functionKey: string,
  payload: unknown,
  accountId = site.jira.defaultAccountId,
  extension: object = { issue: { id: issueId() }, project: { key: 'ACME' } },
): Promise<unknown> =>
  site.app.invoke(ENTRY_POINTS[entryPoint].resolver, {
    moduleKey: ENTRY_POINTS[entryPoint].moduleKey,
    functionKey,
    payload,
    accountId,
    extension,
  });

describe.each(NAMES)('the entry point %s', (entryPoint) => {
  it('has functions of its own', () => {
    expect(functionsOf(entryPoint).length).toBeGreaterThan(0);
  });

  it('reaches no function of another entry point, nor anything else by name', async () => {
    const others = NAMES.filter((other) => other !== entryPoint).flatMap(functionsOf);
    for (const name of [...others, '', 'unknown'])
      await expect(invoke(entryPoint, name, {}, site.jira.adminAccountId)).rejects.toThrow('no definition');
    expect(site.platform.calls).toEqual([]);
  });

  it('has no function by a name that every object has', async () => {
    // The SDK looks its functions up in a plain object, where these are found.
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'])
      await expect(invoke(entryPoint, name, {}, site.jira.adminAccountId)).rejects.toThrow('no definition');
    expect(site.platform.calls).toEqual([]);
  });
});

describe('an admin function', () => {
  it.each(functionsOf('admin'))(
    '%s is closed to everyone who does not administer Jira, whatever they send',
    async (name) => {
      for (const accountId of [site.jira.defaultAccountId, site.jira.viewerAccountId, site.jira.noAccessAccountId]) {
        expect(await invoke('admin', name, { id: 'x', name: 'x', acts: ['get'] }, accountId)).toEqual({
          kind: 'problem',
          problem: { code: 'notPermitted', needed: 'ADMINISTER' },
        });
      }
      expect(new Set(site.platform.calls.map(({ kind }) => kind))).toEqual(new Set(['jira']));
    },
  );
});

describe('a bulk function', () => {
  it.each(functionsOf('bulk'))('%s is closed to everyone whom no rule lets in, whatever they send', async (name) => {
    for (const accountId of [site.jira.defaultAccountId, site.jira.viewerAccountId, site.jira.noAccessAccountId]) {
      expect(await invoke('bulk', name, { runId: randomUUID() }, accountId)).toEqual({
        kind: 'problem',
        problem: { code: 'notPermitted', needed: 'ADMINISTER' },
      });
    }
    expect(new Set(site.platform.calls.map(({ kind }) => kind))).not.toContain('egress');
    expect(site.simulator.truth.writes()).toEqual([]);
  });
});

describe('a page that lies about who and where it is', () => {
  const move = async () => {
    const view = valueOf(await site.panel('panel.open', {}));
    const { member } = linkedOf(view);
    const to = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
    return { operationId: randomUUID(), memberId: member.id, fromSegmentId: member.segmentIds[0], toSegmentId: to };
  };

  it('can not name another account: the platform tells who it is', async () => {
    const payload = { ...(await move()), accountId: site.jira.adminAccountId };
    const extension = {
      accountId: site.jira.adminAccountId,
      principal: { accountId: site.jira.adminAccountId },
      issue: { id: issueId() },
    };
    expect(await invoke('panel', 'panel.move', payload, site.jira.viewerAccountId, extension)).toMatchObject({
      problem: { code: 'notPermitted' },
    });
    expect(
      await invoke(
        'admin',
        'admin.load',
        { accountId: site.jira.adminAccountId },
        site.jira.viewerAccountId,
        extension,
      ),
    ).toMatchObject({ problem: { code: 'notPermitted' } });
  });

  it('can not reach an issue that its viewer does not see, nor anything that is no issue', async () => {
    const payload = await move();
    site.platform.clearRecords();
    for (const id of [
      '99999',
      '../myself',
      'ACME-101',
      '10101?fields=*',
      '',
      ['10101'],
      { id: '10101' },
      null,
      10101,
    ]) {
      const answer = await invoke('panel', 'panel.move', payload, site.jira.defaultAccountId, { issue: { id } });
      expect(['issueNotVisible', 'invalidInput']).toContain((answer as { problem: { code: string } }).problem.code);
    }
    expect(await invoke('panel', 'panel.open', {}, site.jira.noAccessAccountId)).toMatchObject({
      problem: { code: 'issueNotVisible' },
    });
    expect(site.platform.calls.filter(({ kind }) => kind === 'egress')).toEqual([]);
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('can not move the reporter of one issue by the id of another: the member must be the one who is linked', async () => {
    const payload = await move();
    expect(problemOf(await site.panel('panel.move', payload, { issue: 'linked' }))).toEqual({
      code: 'stale',
      reason: 'linkChanged',
    });
    expect(site.simulator.truth.writes()).toEqual([]);
  });
});

describe('a page that was opened before its door was shut', () => {
  /** What every function of panel and board takes. */
  const payloadOf = (memberId: number, [fromSegmentId = 0, toSegmentId = 0]: readonly number[]) => ({
    ...{ operationId: randomUUID(), undoes: randomUUID(), countId: randomUUID(), memberId, fromSegmentId, toSegmentId },
    ...{ segmentId: fromSegmentId, afterMemberId: null, query: 'an', shown: null, part: 0, page: 0, pageToken: null },
    writes: [{ operationId: randomUUID(), memberId }],
  });
  const doors = (['panel', 'board'] as const).flatMap((entryPoint) =>
    functionsOf(entryPoint).map((name) => [entryPoint, name] as const),
  );

  it.each(doors)('%s: %s is refused, and tells nothing of anybody', async (entryPoint, name) => {
    const view = valueOf(await site.panel('panel.open', {}));
    const { id } = linkedOf(view).member;
    const payload = payloadOf(
      id,
      site.simulator.segments.map((segment) => segment.id),
    );
    const ask = () => invoke(entryPoint, name, payload);
    site.platform.kvs.handle('/api/v1/set', {
      key: 'projects',
      value: { version: 1, scope: { kind: 'only', projects: [{ id: '99', key: 'ELSE', name: 'Elsewhere' }] } },
    });
    site.platform.clearRecords();
    expect(await ask()).toEqual({ kind: 'problem', problem: { code: 'projectOff' } });
    site.platform.kvs.handle('/api/v1/delete', { key: 'projects' });
    site.jira.setRole(site.jira.defaultAccountId, 'noAccess');
    expect(await ask()).toEqual({
      kind: 'problem',
      problem: { code: entryPoint === 'panel' ? 'issueNotVisible' : 'projectNotVisible' },
    });
    expect(site.platform.calls.filter(({ kind }) => kind === 'egress')).toEqual([]);
  });
});

describe('whatever a page sends', () => {
  it.each(
    (['panel', 'board', 'bulk', 'admin'] as const).flatMap((entryPoint) =>
      functionsOf(entryPoint).map((name) => [entryPoint, name] as const),
    ),
  )('%s: %s answers a value or a problem with a cause, and writes nothing', async (entryPoint, name) => {
    const accountId =
      entryPoint === 'admin' || entryPoint === 'bulk' ? site.jira.adminAccountId : site.jira.defaultAccountId;
    const before = site.platform.kvs.snapshot();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(
            fc.constantFrom(
              'operationId',
              'memberId',
              'fromSegmentId',
              'toSegmentId',
              'writes',
              'segmentId',
              'afterMemberId',
              'pageToken',
              'undoes',
              'query',
              'settings',
              'key',
              'id',
              'name',
              'acts',
              'source',
              'act',
              'runId',
              'jql',
              'after',
            ),
            fc.jsonValue(),
          ),
        ),
        async (payload) => {
          const answer = (await invoke(entryPoint, name, payload, accountId)) as {
            kind: string;
            problem?: { code: string };
          };
          expect(['ok', 'problem']).toContain(answer.kind);
          expect(answer.problem?.code).not.toBe('internal');
          site.platform.kvs.restore(structuredClone(before));
        },
      ),
      { numRuns: 40 },
    );
    expect(site.simulator.truth.writes()).toEqual([]);
  });
});
