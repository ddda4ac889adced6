import {
  ensureEmailKeyOf,
  membersByEmailKey,
  updateMemberships,
  updatedMembers,
  readDirectory,
  readEmailKeyOf,
  readMember,
  readMembers,
  writeDirectory,
  writeMembers,
} from '../../src/adapters/store';
import { kvsError } from '../support/platformFaults';
import { callsOf, createSite, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite();
});
afterEach(() => site.stop());
const run = <T>(work: () => T): T => site.app.runAs({}, work);
const member = (memberId: number, segmentIds: number[], emailKey: string | null = null) => ({
  memberId,
  segmentIds,
  emailKey,
  updatedAtMs: null,
});

describe('the key of an e-mail', () => {
  it('is the same for the same address however it is written, and tells nothing of it', async () => {
    const keyOf = await run(ensureEmailKeyOf);
    expect(keyOf(' Ada@Example.COM ')).toBe(keyOf('ada@example.com'));
    expect(keyOf('ada@example.com')).toMatch(/^[\w-]{43}$/);
    expect(keyOf('bob@example.com')).not.toBe(keyOf('ada@example.com'));
  });

  it('is made with one secret even when two make it at once, and with another one on another site', async () => {
    expect(await run(readEmailKeyOf)).toBeNull();
    const [one, other] = await Promise.all([run(ensureEmailKeyOf), run(ensureEmailKeyOf)]);
    const again = await run(readEmailKeyOf);
    expect([other('a@b.example'), again?.('a@b.example')]).toEqual([one('a@b.example'), one('a@b.example')]);
    const elsewhere = await createSite();
    const foreign = await elsewhere.app.runAs({}, ensureEmailKeyOf);
    expect(foreign('a@b.example')).not.toBe(one('a@b.example'));
    await elsewhere.stop();
  });
});

describe("the directory's rows", () => {
  it('are read 25 a call, without those that nobody knows', async () => {
    await run(() => writeMembers(Array.from({ length: 60 }, (_, index) => member(index + 1, [11]))));
    site.platform.clearRecords();
    const found = await run(() => readMembers(Array.from({ length: 70 }, (_, index) => index + 1)));
    expect([...found.keys()]).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(callsOf(site)).toHaveLength(3);
  });

  it('tell everyone who has an e-mail, and only them', async () => {
    await run(() =>
      writeMembers([member(1, [11], 'shared'), member(2, [15], 'shared'), member(3, [15], 'own'), member(4, [15])]),
    );
    expect((await run(() => membersByEmailKey('shared'))).map(({ memberId }) => memberId)).toEqual([1, 2]);
    expect(await run(() => membersByEmailKey('nobody'))).toEqual([]);
  });

  it('take what was seen of one member, keep the rest, and remember whom to look at again', async () => {
    await run(() => writeMembers([member(1, [11, 15], 'own')]));
    await run(() =>
      updateMemberships([
        {
          memberId: 1,
          learned: new Map([
            [15, false],
            [19, true],
          ]),
          atMs: 500,
        },
        { memberId: 2, learned: new Map([[11, true]]), atMs: 600 },
      ]),
    );
    expect(await run(() => readMember(1))).toEqual({
      memberId: 1,
      segmentIds: [11, 19],
      emailKey: 'own',
      updatedAtMs: 500,
    });
    expect(await run(() => readMember(2))).toEqual({ memberId: 2, segmentIds: [11], emailKey: null, updatedAtMs: 600 });
    expect((await run(() => updatedMembers(600))).map(({ memberId }) => memberId)).toEqual([1]);
  });

  it('are told all, however many were noted at the same instant', async () => {
    await run(() =>
      updateMemberships(
        Array.from({ length: 230 }, (_, index) => ({ memberId: index + 1, learned: new Map([[11, true]]), atMs: 500 })),
      ),
    );
    expect(await run(() => updatedMembers(501))).toHaveLength(230);
  });

  it('are never half read: storage that fails for one fails for all', async () => {
    await run(() => writeMembers([member(1, [11])]));
    site.platform.intercept(kvsError('/batch/get', 1, 'INTERNAL', 500));
    await expect(run(() => readMembers([1, 2]))).rejects.toThrow();
  });
});

describe("the directory's head", () => {
  it('is null before the first refresh, and then what was stored', async () => {
    expect(await run(readDirectory)).toBeNull();
    const directoryMeta = {
      source: { apiOrigin: 'https://api.shorterloop.com', initiativeId: 1 },
      complete: { asOfMs: 1, finishedAtMs: 2, segments: [{ id: 11, name: 'Beta', members: 3 }] },
    };
    await run(() => writeDirectory(directoryMeta));
    expect(await run(readDirectory)).toEqual(directoryMeta);
  });
});
