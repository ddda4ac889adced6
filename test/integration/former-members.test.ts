import { serverProfile } from '../../sandbox/shorterloop';
import type { SiteProfile } from '../../src/contract';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

/** A Shorter Loop that keeps two former members of each segment in its lists, under a name of its own for it. */
async function prepare(at: readonly string[]) {
  const gone = { at: [...at], here: false, gone: true };
  site = await createSite({ offline: true, profile: serverProfile({ fields: { gone }, bad: { former: 2 } }) });
}

const view = async () => {
  const { settings } = valueOf(await site.admin('admin.load'));
  if (settings === null) throw new Error('There are settings');
  return settings;
};
const goneIn = ({ reads }: SiteProfile) =>
  [reads.segmentsWithMembers, reads.segmentWithMembers].map(({ shape }) => shape.member?.gone);

/** Saves what tells former members, as the profile's editor does for both reads. */
async function saveGone(gone: readonly string[]) {
  const settings = await view();
  const read = (call: 'segmentsWithMembers' | 'segmentWithMembers') => {
    const form = settings.profile.reads[call];
    const { member } = form.shape;
    return { [call]: { ...form, shape: { ...form.shape, member: member === null ? null : { ...member, gone } } } };
  };
  const reads = { ...settings.profile.reads, ...read('segmentsWithMembers'), ...read('segmentWithMembers') };
  const changed = { ...settings, profile: { ...settings.profile, reads } };
  return site.admin('admin.save', { settings: changed, key: null });
}

async function check() {
  const segmentId = site.simulator.testing?.from ?? site.simulator.segments[0]?.id ?? 0;
  const { lines, state } = valueOf(await site.admin('admin.check', { choices: { segmentId } }));
  const members = lines.flatMap((line) => (line.code === 'members' ? [line.members] : []));
  return { state, members, former: lines.flatMap((line) => (line.code === 'former' ? [line.at] : [])) };
}

const everybody = (): number => new Set(site.simulator.truth.initial.flatMap(({ memberIds }) => memberIds)).size;

describe('what tells former members', () => {
  it('is what an admin says, where a check would not have found it', async () => {
    await prepare(['account', 'deleted']);
    expect((await check()).former).toEqual([]);
    valueOf(await saveGone(['account', 'deleted']));
    const checked = await check();
    expect(checked).toMatchObject({ state: 'proven', former: ['account.deleted', 'account.deleted'] });
    expect(checked.members[0]).toBe(everybody());
    expect(goneIn((await view()).profile)).toEqual([
      ['account', 'deleted'],
      ['account', 'deleted'],
    ]);
  });

  it('is nothing where an admin says so, and no check learns it again', async () => {
    await prepare(['deleted']);
    expect((await check()).former).toEqual(['deleted', 'deleted']);
    valueOf(await saveGone([]));
    expect((await check()).former).toEqual([]);
    expect(goneIn((await view()).profile)).toEqual([[], []]);
  });

  it('has a name that says it', async () => {
    await prepare(['deleted']);
    await check();
    expect(problemOf(await saveGone(['email']))).toEqual({
      code: 'invalidInput',
      field: 'settings.profile.reads.segmentWithMembers.shape.member.gone',
      reason: { code: 'wrongForm' },
    });
  });
});
