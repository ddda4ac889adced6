import { randomUUID } from 'node:crypto';
import type { ReadPlan } from '../../src/contract';
import { serverProfile, type ServerProfileInput } from '../../sandbox/shorterloop';
import { writeRows } from '../support/ledgerRows';
import { createSite, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

/** Writes that are done a minute after they were answered, and then take the person out of everything else. */
const LATE: ServerProfileInput = { deeds: { move: 'clearsPerson' }, lag: { queueMs: 60_000 } };

/** A member of two segments: of one of them a pending invite can't be read. */
async function siteWith(profile: ServerProfileInput, readPlan: ReadPlan = 'all-at-once', offline = false) {
  const site = await createSite({
    offline,
    profile: serverProfile({ bad: { invites: 1 }, ...profile }),
    settings: { readPlan },
  });
  const { simulator, jira } = site;
  const memberId = jira.memberFor('many')?.id ?? 0;
  const [inPart, from, to, ...others] = simulator.segments.map(({ id }) => id);
  if (inPart === undefined || from === undefined || to === undefined) throw new Error('There are too few segments');
  const put = (id: number, isIn: boolean): void => {
    const rest = (simulator.truth.membersOf(id) ?? []).filter((one) => one !== memberId);
    simulator.arrange(id, isIn ? [...rest, memberId] : rest);
  };
  for (const id of [inPart, from]) put(id, true);
  for (const id of [to, ...others]) put(id, false);
  valueOf(await site.panel('panel.open', {}, { issue: 'many' }));
  valueOf(await site.panel('panel.link', { memberId }, { issue: 'many', accountId: jira.adminAccountId }));
  return { site, memberId, inPart, from, to };
}

async function move({
  site,
  memberId,
  from,
  to,
}: Pick<Awaited<ReturnType<typeof siteWith>>, 'site' | 'memberId' | 'from' | 'to'>) {
  const input = { operationId: randomUUID(), memberId, fromSegmentId: from, toSegmentId: to };
  return valueOf(await site.panel('panel.move', input, { issue: 'many' })).entry;
}

describe('a segment of which only a part can be read, that somebody is in beside the two of a move', () => {
  let open: Site | null = null;
  beforeEach(() => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    await open?.stop();
    open = null;
  });

  it.each<[string, ReadPlan]>([
    ['all at once', 'all-at-once'],
    ['one after the other', 'per-segment'],
  ])('is compared as it was shown before, read %s: who is missing there is told', async (_how, readPlan) => {
    const made = await siteWith({ deeds: { move: 'clearsPerson' } }, readPlan);
    open = made.site;
    expect(await move(made)).toMatchObject({ strays: { counts: [{ what: 'missing', who: 'member', count: 1 }] } });
    expect(made.site.simulator.truth.membershipsOf(made.memberId)).toEqual([made.to]);
  });

  it('is no reason to say anything where it shows what it did', async () => {
    const made = await siteWith({});
    open = made.site;
    expect(await move(made)).toMatchObject({ strays: null, members: [{ outcome: 'confirmed' }] });
    expect(made.site.simulator.truth.membershipsOf(made.memberId)).toEqual([made.inPart, made.to]);
  });

  describe('once a write is settled that was done later', () => {
    let time: VirtualTime;
    beforeEach(() => {
      time = startVirtualTime();
    });
    afterEach(() => {
      time.stop();
    });

    it.each<[string, ReadPlan]>([
      ['all at once', 'all-at-once'],
      ['one after the other', 'per-segment'],
    ])('is compared as it was shown before, read %s: that kind of write rests', async (_how, readPlan) => {
      const made = await time.until(siteWith(LATE, readPlan, true));
      open = made.site;
      expect(await time.until(move(made))).toMatchObject({ state: 'undecided', strays: null });
      await time.pass(120_000);
      await time.until(made.site.recovery());
      expect(made.site.simulator.truth.membershipsOf(made.memberId)).toEqual([made.to]);
      const { memberId, inPart: segmentId } = made;
      const [row] = writeRows(made.site.platform.kvs);
      const missing = [{ memberId, segmentId }];
      expect(row?.value).toMatchObject({ state: 'finished', outcome: 'confirmed', strays: { missing, count: 1 } });
      const health = valueOf(await time.until(made.site.admin('admin.health', undefined)));
      expect(health.stops).toMatchObject([{ kind: 'move', strays: { missing } }]);
    });

    it('is no reason to say anything where it shows what it did', async () => {
      const made = await time.until(siteWith({ lag: { queueMs: 60_000 } }, 'all-at-once', true));
      open = made.site;
      expect(await time.until(move(made))).toMatchObject({ state: 'undecided', strays: null });
      await time.pass(120_000);
      await time.until(made.site.recovery());
      const [row] = writeRows(made.site.platform.kvs);
      expect(row?.value).toMatchObject({ state: 'finished', outcome: 'confirmed' });
      expect(row?.value).not.toHaveProperty('strays');
    });
  });
});
