import { DEFAULT_ACCESS, type AccessSettings, type WriteStop } from '../../src/contract';
import { clearStops, eraseAccount, recordProof, recordStop, readAccess, readSettings } from '../../src/adapters/store';
import { accessFor } from '../../sandbox/teamAccess';
import { createSite, valueOf, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true });
});
afterEach(() => site.stop());

const inApp = <T>(work: () => Promise<T>): Promise<T> => site.app.runAs({ moduleKey: 'queued-changes' }, work);
const stop: WriteStop = {
  kind: 'remove',
  atMs: 1,
  operationId: 'someone-elses',
  fromSegmentId: 1,
  toSegmentId: null,
  strays: { missing: [], joined: [], count: 2 },
};

/** Does something else in the moment in which what is stored under a key is written for the first time. */
function meanwhile(key: string, work: () => Promise<unknown>): { readonly times: () => number } {
  let times = 0;
  site.platform.intercept(async ({ kind, path }, proceed, { body }) => {
    const isWrite = kind === 'kvs' && /\/(set|transaction)$/.test(path) && String(body).includes(`"key":"${key}"`);
    if (!isWrite || times > 0) return proceed();
    times += 1;
    await work();
    return proceed();
  });
  return { times: () => times };
}

const save = async (changed: object = {}) =>
  valueOf(await site.admin('admin.save', { settings: { ...site.settings, ...changed }, key: null }));
const stored = async () => {
  const settings = await inApp(readSettings);
  if (settings === null) throw new Error('There are settings');
  return settings;
};

describe('settings that two write at once', () => {
  it('keep a stop that is noted while an admin saves', async () => {
    const { times } = meanwhile('settings', () => inApp(() => recordStop(stop)));
    expect((await save()).stops).toHaveLength(1);
    expect((await stored()).stops).toEqual([stop]);
    expect(times()).toBe(1);
  });

  it('keep what an admin saves while a stop is noted, of which the new connection knows nothing', async () => {
    const initiativeId = site.settings.initiativeId + 1;
    meanwhile('settings', () => save({ initiativeId }));
    await inApp(() => recordStop({ ...stop, kind: 'move' }));
    expect((await stored()).connection.initiativeId).toBe(initiativeId);
  });

  it('keep two stops of the same moment', async () => {
    meanwhile('settings', () => inApp(() => recordStop(stop)));
    await inApp(() => recordStop({ ...stop, kind: 'move' }));
    expect((await stored()).stops.map(({ kind }) => kind).sort()).toEqual(['move', 'remove']);
  });

  it('do not get back a stop that is taken away while something is proven', async () => {
    await inApp(() => recordStop(stop));
    const before = await stored();
    meanwhile('settings', () => inApp(() => clearStops('remove')));
    await inApp(() => recordProof(before, 'add', 7));
    expect(await stored()).toMatchObject({ stops: [], proofs: { add: 7 } });
  });

  it('keep a stop that is noted while an account is erased from them', async () => {
    const { savedByAccountId } = await stored();
    meanwhile('settings', () => inApp(() => recordStop(stop)));
    await inApp(() => eraseAccount(savedByAccountId));
    const after = await stored();
    expect(after.stops).toEqual([stop]);
    expect(after.savedByAccountId).not.toBe(savedByAccountId);
  });

  it('are told to be stored only where they are: storage that fails is told', async () => {
    site.platform.intercept(({ kind, path }) =>
      kind === 'kvs' && path.endsWith('/transaction')
        ? { status: 500, headers: {}, body: '{"code":"UNKNOWN","message":"down"}' }
        : undefined,
    );
    await expect(inApp(() => recordStop(stop))).rejects.toThrow();
    expect((await stored()).stops).toEqual([]);
  });
});

describe('rules that two admins change at once', () => {
  const admins: AccessSettings['move'] = { ...DEFAULT_ACCESS.move, permission: 'ADMINISTER' };
  const asked = (permission: 'ADMINISTER' | 'EDIT_ISSUES') => site.admin('admin.saveAccess', accessFor(permission));

  it('are not taken back by one who lets them stay as they are', async () => {
    meanwhile('access', () => asked('ADMINISTER'));
    const answer = valueOf(await site.admin('admin.keepAccess'));
    expect(answer).toMatchObject({ isOpen: false, access: { move: admins } });
    expect((await inApp(readAccess)).move).toEqual(admins);
  });

  it('are those of whoever saves last', async () => {
    meanwhile('access', () => asked('ADMINISTER'));
    valueOf(await asked('EDIT_ISSUES'));
    expect((await inApp(readAccess)).move.permission).toBe('EDIT_ISSUES');
  });
});
