import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { mulberry32 } from '../support/random';
import { renameSegment } from '../support/segments';
import { createSite, valueOf, type Site } from '../support/site';

/**
 * How many days are played: the full run is `FIELD_DAYS=1000 npx jest test/properties/field.test.ts`, one of them
 * alone `FIELD_FIRST_DAY=417 FIELD_DAYS=1`.
 */
const DAYS = Number(process.env.FIELD_DAYS ?? 12);
const FIRST_DAY = Number(process.env.FIELD_FIRST_DAY ?? 1);
const STEPS = 14;

type Random = () => number;
const oneOf = <T>(random: Random, from: readonly T[]): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('There is nothing to choose from');
  return found;
};

/** What work items hold, by key; those that hold nothing left out. */
type Fields = Readonly<Record<string, readonly string[]>>;

function held({ jira }: Site): Fields {
  const [field] = jira.fieldValues.fields;
  return Object.fromEntries(
    jira.issues.flatMap(({ id, key }) => {
      const values = jira.fieldValues.of(id)[field?.id ?? ''];
      return values == null ? [] : [[key, values]];
    }),
  );
}

/** What links, memberships and settings say that every work item should hold. */
async function should(site: Site): Promise<Fields> {
  const { settings } = valueOf(await site.admin('admin.field'));
  const { links } = valueOf(await site.admin('admin.exportLinks', { after: null }));
  const memberOf = new Map(links.map(({ accountId, memberId }) => [accountId, memberId]));
  const names = new Map(site.simulator.truth.snapshot().segments.map(({ id, name }) => [id, name]));
  return Object.fromEntries(
    site.jira.issues.flatMap(({ key, reporterAccountId }) => {
      const memberId = memberOf.get(reporterAccountId ?? '');
      if (!settings.isOn || memberId === undefined) return [];
      const shown = site.simulator.truth.membershipsOf(memberId).filter((id) => settings.segmentIds.includes(id));
      const values = shown.flatMap((id) => names.get(id) ?? []).sort();
      return values.length === 0 ? [] : [[key, values]];
    }),
  );
}

const ACTS: Readonly<Record<string, (site: Site, random: Random) => Promise<unknown>>> = {
  move: async (site, random) => {
    const who = oneOf(random, site.jira.crowd);
    const issueId = site.jira.issues.find(({ key }) => key === who.issueKey)?.id ?? '';
    const view = valueOf(await site.panel('panel.open', undefined, { issueId }));
    if (view.match.state !== 'linked') return;
    const { id, segmentIds } = view.match.member;
    const [from] = segmentIds;
    const to = site.simulator.segments.map((segment) => segment.id).find((one) => !segmentIds.includes(one));
    if (from === undefined || to === undefined) return;
    const payload = { operationId: randomUUID(), memberId: id, fromSegmentId: from, toSegmentId: to };
    await site.panel('panel.move', payload, { issueId });
  },
  unlink: async (site, random) => {
    const { accountId, member } = oneOf(random, site.jira.crowd);
    await site.admin('admin.unlinkReporter', { accountId, memberId: member.id });
  },
  link: async (site, random) => {
    const { accountId, member } = oneOf(random, site.jira.crowd);
    await site.admin('admin.linkReporter', { accountId, memberId: member.id });
  },
  choose: async (site, random) => {
    const segmentIds = site.simulator.segments.map(({ id }) => id).filter(() => random() < 0.6);
    await site.admin('admin.saveField', { isOn: random() < 0.85, segmentIds });
  },
  open: async (site, random) => site.fieldValues(oneOf(random, site.jira.issues).id),
  rename: (site, random) =>
    renameSegment(site, oneOf(random, site.simulator.segments).id, `Segment ${String(random()).slice(2, 8)}`),
  leave: (site, random) => {
    // They are gone with the next list that would have named them, and known to be with the next refresh.
    site.simulator.faults.add({
      match: { nth: 1 },
      fault: { kind: 'memberGone', id: oneOf(random, site.jira.crowd).member.id },
    });
    return Promise.resolve();
  },
  changeReporter: (site, random) => {
    const reporter = random() < 0.2 ? null : oneOf(random, site.jira.crowd).accountId;
    return Promise.resolve(
      site.jira.setReporter(site.jira.adminAccountId, oneOf(random, site.jira.issues).key, reporter),
    );
  },
  create: (site, random) => Promise.resolve(site.jira.createIssue(oneOf(random, site.jira.issues).key)),
  tick: async (site) => site.tick(),
  refresh: async (site) => site.admin('admin.refreshDirectory'),
  failWrites: (site, random) => {
    const code = oneOf(random, [429, 500, 503] as const);
    site.jira.faults.add({
      path: '/app/field/value',
      fault: { kind: 'status', code },
      times: 1 + Math.floor(random() * 3),
    });
    return Promise.resolve();
  },
  failSearch: (site) => {
    site.jira.faults.add({ path: '/search/jql', fault: { kind: 'status', code: 503 }, times: 2 });
    return Promise.resolve();
  },
};

async function playDay(
  seed: number,
): Promise<{ readonly held: Fields; readonly should: Fields; readonly filled: number }> {
  const random = mulberry32(seed);
  const site = await createSite({
    extraReporters: 12,
    extraIssues: 10,
    refreshes: true,
    events: true,
    offline: true,
    queueSecondMs: 0,
  });
  try {
    await site.platform.queue.idle();
    const rows = site.jira.crowd.map(({ accountId, member }) => ({ accountId, memberId: member.id }));
    await site.admin('admin.importLinks', { rows, replace: true });
    await site.admin('admin.saveField', { isOn: true, segmentIds: site.simulator.segments.map(({ id }) => id) });
    for (let step = 0; step < STEPS; step += 1) {
      await oneOf(random, Object.values(ACTS))(site, random);
      if (random() < 0.5) await site.platform.queue.idle();
    }
    // The day ends: what was broken is mended, every work item is opened that is new, and the tick comes round.
    site.jira.faults.clear();
    await site.admin('admin.refreshDirectory');
    await site.platform.queue.idle();
    for (const { id, key } of site.jira.issues) if (/-\d{7}$/.test(key)) await openedOnce(site, id);
    await site.events.idle();
    for (let round = 0; round < 3; round += 1) {
      // Seconds of the queue pass quickly here; those of the clock do not.
      for (const key of ['looks-awake-until', 'field-awake-until']) site.platform.kvs.handle('/api/v1/delete', { key });
      await site.tick();
      await site.platform.queue.idle();
    }
    return { held: held(site), should: await should(site), filled: site.jira.fieldValues.written() };
  } finally {
    await site.stop();
  }
}

/** A new work item is filled when it is opened: its value is computed then, and kept by Jira. */
async function openedOnce(site: Site, issueId: string): Promise<void> {
  const [field] = site.jira.fieldValues.fields;
  const [value] = (await site.fieldValues(issueId)) as readonly (readonly string[] | null)[];
  site.jira.fieldValues.set(field?.id ?? '', issueId, value ?? null);
}

test(
  'after a day of writes, links, choices and faults every work item holds what the rules say',
  async () => {
    let filled = 0;
    const wrong: object[] = [];
    for (let seed = FIRST_DAY; seed < FIRST_DAY + DAYS; seed += 1) {
      const day = await playDay(seed);
      for (const key of Object.keys({ ...day.held, ...day.should }))
        if (!isDeepStrictEqual(day.held[key], day.should[key]))
          wrong.push({ seed, key, held: day.held[key], should: day.should[key] });
      filled += day.filled;
    }
    expect(wrong).toEqual([]);
    expect(filled).toBeGreaterThan(DAYS);
  },
  DAYS * 10_000,
);
