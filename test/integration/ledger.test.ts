import { bodyText } from '../../sandbox/forge/wire';
import { randomUUID } from 'node:crypto';
import fc from '../support/chance';
import { WHOLE_LEDGER, type LedgerEntry, type LedgerFilter, type LedgerPage } from '../../src/contract';
import { matches } from '../../src/adapters/store/ledgerSearch';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger, writeRows } from '../support/ledgerRows';
import { batchPartial } from '../support/platformFaults';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;

const START_MS = 1_700_000_000_000;
const SEGMENTS = Array.from({ length: 20 }, (_, id) => ({ id, name: `Segment ${id}` }));
const segment = (id: number) => SEGMENTS[id] ?? { id, name: '' };
const USUAL = ledgerEntry();
const MEMBERS = Array.from({ length: 1_001 }, (_, memberId) => ({
  confirmed: [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }] as const,
  refused: [{ memberId, outcome: 'refused', reason: 'saidNo' }] as const,
}));

/** A ledger in which many writes share their millisecond, and what is looked for is rare or frequent. */
function entry(nth: number): LedgerEntry {
  const from = segment(1 + (nth % 7));
  const ends =
    nth % 3 === 0
      ? ({ kind: 'remove', from, to: null } as const)
      : ({ kind: 'move', from, to: segment(8 + (nth % 5)) } as const);
  return {
    ...USUAL,
    ...ends,
    operationId: `op-${String(nth * 7_919).padStart(10, '0')}`,
    entryPoint: nth % 1_000 === 7 ? 'apiClient' : 'automation',
    actorAccountId: `actor-${nth % 11}`,
    reporterAccountId: `reporter-${nth % 1_000}`,
    members: MEMBERS[1 + (nth % 1_000)]?.[nth % 97 === 0 ? 'refused' : 'confirmed'] ?? [],
    state: nth % 10_000 === 1 ? 'undecided' : 'finished',
    runId: nth % 4 === 0 ? 'run-1' : null,
    intendedAtMs: START_MS + Math.floor(nth / 40) * 1_000,
  };
}
const sorted = (entries: readonly LedgerEntry[]): LedgerEntry[] =>
  entries.toSorted((a, b) => b.intendedAtMs - a.intendedAtMs || (a.operationId < b.operationId ? 1 : -1));
const idsOf = (entries: readonly LedgerEntry[], filter: LedgerFilter): string[] =>
  entries.filter((one) => matches(one, filter)).map(({ operationId }) => operationId);

const page = async (filter: LedgerFilter, after: string | null): Promise<LedgerPage> =>
  valueOf(await site.admin('admin.ledgerPage', { filter, after }));

async function readThrough(filter: LedgerFilter, mostPages = Number.POSITIVE_INFINITY): Promise<string[]> {
  const found: string[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { entries, next }: LedgerPage = await page(filter, after);
    found.push(...entries.map(({ operationId }) => operationId));
    after = next;
    if (after === null) break;
  }
  return found;
}

describe('a ledger of 100,000 writes', () => {
  let all: LedgerEntry[];
  beforeAll(async () => {
    site = await createSite({ offline: true });
    all = sorted(Array.from({ length: 100_000 }, (_, nth) => entry(nth)));
    fillLedger(site, all);
  });
  afterAll(() => site.stop());

  it.each<[string, Partial<LedgerFilter>]>([
    ['everything', {}],
    ['one member and segment', { memberId: 78, segmentId: 10 }],
    ['a segment, left or joined', { segmentId: 3 }],
    ['what was refused', { outcome: 'refused' }],
    ['what was confirmed by hook', { outcome: 'confirmed', entryPoint: 'apiClient' }],
    ['a bulk run in some minutes', { runId: 'run-1', fromMs: START_MS + 60_000, untilMs: START_MS + 120_000 }],
  ])(
    'is filtered for %s and paged, newest first, with three platform calls a page at most',
    async (_what, narrowed) => {
      const filter = { ...WHOLE_LEDGER, ...narrowed };
      const expected = idsOf(all, filter);
      let after: string | null = null;
      const found: string[] = [];
      // Filters come after a page's limit (documented), so that pages of a rare kind may be empty; each call still gets further.
      for (let pages = 0; pages < 4 || (found.length === 0 && pages < 12); pages += 1) {
        site.platform.clearRecords();
        const { entries, next }: LedgerPage = await page(filter, after);
        expect(site.platform.calls.length).toBeLessThanOrEqual(3);
        found.push(...entries.map(({ operationId }) => operationId));
        after = next;
        if (after === null) break;
      }
      expect(found.length).toBeGreaterThan(0);
      expect(found).toEqual(expected.slice(0, found.length));
      if (after === null) expect(found).toHaveLength(expected.length);
    },
  );

  it('is exported whole, each write once', async () => {
    const seen = new Set<string>();
    let rows = 0;
    let after: string | null = null;
    do {
      const part: { lines: string; rows: number; next: string | null } = valueOf(
        await site.admin('admin.ledgerExport', { filter: WHOLE_LEDGER, after }),
      );
      for (const line of part.lines.trimEnd().split('\r\n')) seen.add(/op-\d{10}/.exec(line)?.[0] ?? line);
      rows += part.rows;
      after = part.next;
    } while (after !== null);
    expect([rows, seen.size]).toEqual([100_000, 100_000]);
  });
});

describe('the ledger', () => {
  afterEach(() => site.stop());

  it('loses and repeats nothing where times are equal, whatever is looked for', async () => {
    site = await createSite({ offline: true });
    const few = fc.integer({ min: 1, max: 3 });
    const some = fc.record({
      atMs: few,
      memberId: few,
      from: few,
      to: fc.integer({ min: 3, max: 5 }),
      entryPoint: fc.constantFrom('panel' as const, 'apiClient' as const),
      nth: fc.integer({ min: 1, max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(some, { minLength: 1, maxLength: 260 }),
        fc.record({
          memberId: fc.option(few),
          segmentId: fc.option(few),
          entryPoint: fc.option(fc.constantFrom('panel' as const, 'apiClient' as const)),
          outcome: fc.option(fc.constantFrom('confirmed' as const, 'refused' as const)),
          actorAccountId: fc.option(fc.constantFrom('agent-1', 'agent-2')),
          reporterAccountId: fc.option(fc.constantFrom('reporter-1', 'reporter-2')),
        }),
        async (made, narrowed) => {
          const entries = made.map(({ atMs, memberId, from, to, entryPoint, nth }) =>
            ledgerEntry({
              operationId: randomUUID(),
              intendedAtMs: START_MS + atMs,
              members: [{ memberId, outcome: nth === 1 ? 'confirmed' : 'refused', reason: 'readBackAgrees' }],
              from: segment(from),
              to: segment(to),
              entryPoint,
              actorAccountId: `agent-${nth}`,
              reporterAccountId: `reporter-${memberId}`,
            }),
          );
          fillLedger(site, entries);
          const filter = { ...WHOLE_LEDGER, ...narrowed };
          expect(await readThrough(filter)).toEqual(idsOf(sorted(entries), filter));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('says how far it looked where storage filters what it counted, and goes on from there', async () => {
    site = await createSite({ offline: true });
    fillLedger(
      site,
      Array.from({ length: 950 }, (_, nth) => entry(nth + 8)),
    );
    // Forge does not say that a filtered page is full: here only every page's cursor comes.
    site.platform.intercept(async (call, proceed, init) => {
      if (!call.path.endsWith('/entity/query') || !(init.body ?? '').includes('"filters"')) return undefined;
      const answer = await proceed();
      return { ...answer, body: JSON.stringify({ ...JSON.parse(bodyText(answer)), data: [], cursor: 'goes-on' }) };
    });
    const filter = { ...WHOLE_LEDGER, entryPoint: 'apiClient' as const };
    const first = await page(filter, null);
    expect(first).toMatchObject({ entries: [], next: expect.any(String), lookedBackToMs: START_MS + 21_000 });
    fillLedger(site, [entry(7), ...Array.from({ length: 950 }, (_, nth) => entry(nth + 8))]);
    expect(await readThrough(filter)).toEqual([entry(7).operationId]);
  });

  it('writes cells that no spreadsheet runs as a formula', async () => {
    site = await createSite({ offline: true });
    fillLedger(site, [
      ledgerEntry({ from: { id: 1, name: '=HYPERLINK("http://x")' }, to: { id: 2, name: '@SUM(A1), "quoted"' } }),
    ]);
    const { heading, lines } = valueOf(await site.admin('admin.ledgerExport', { filter: WHOLE_LEDGER, after: null }));
    expect(heading.split(',')).toHaveLength(21);
    expect(lines).toContain(`,"'=HYPERLINK(""http://x"")",2,"'@SUM(A1), ""quoted""",`);
  });

  it('refuses a question that it does not understand', async () => {
    site = await createSite({ offline: true });
    expect(
      problemOf(await site.admin('admin.ledgerPage', { filter: { ...WHOLE_LEDGER, outcome: 'good' }, after: null })),
    ).toMatchObject({ code: 'invalidInput', field: 'filter.outcome' });
    expect(problemOf(await site.admin('admin.ledgerPage', { filter: WHOLE_LEDGER, after: '1' }))).toMatchObject({
      code: 'invalidInput',
      field: 'after',
    });
  });
});

describe('how long the ledger is kept', () => {
  afterEach(() => site.stop());
  const DAY_MS = 86_400_000;
  const aged = (days: number, state: LedgerEntry['state'] = 'finished'): LedgerEntry =>
    ledgerEntry({ operationId: `${state}-${days}`, state, intendedAtMs: Date.now() - days * DAY_MS - 60_000 });
  const kept = (): string[] =>
    writeRows(site.platform.kvs)
      .map(({ key }) => key)
      .sort();

  it('is a year until an admin says otherwise, and an unfinished write stays however old it is', async () => {
    site = await createSite({ offline: true, queueSecondMs: 1 });
    fillLedger(site, [
      aged(364),
      aged(365),
      aged(400),
      aged(400, 'undecided'),
      aged(500, 'intended'),
      ...Array.from({ length: 230 }, (_, nth) => aged(600 + nth)),
    ]);
    await site.upkeep();
    expect(kept()).toEqual(['finished-364', 'intended-500', 'undecided-400']);
  });

  it('does not end over an entry that storage kept: it is deleted at the next try', async () => {
    site = await createSite({ offline: true, queueSecondMs: 1 });
    fillLedger(site, [aged(400), aged(401), aged(402)]);
    let tries = 0;
    site.platform.intercept(batchPartial((key) => key === 'finished-401' && (tries += 1) === 1));
    await site.upkeep();
    expect(tries).toBe(2);
    expect(kept()).toEqual([]);
  });

  it('is what an admin says, between a week and a year', async () => {
    site = await createSite({ offline: true, queueSecondMs: 1 });
    fillLedger(site, [aged(6), aged(30), aged(31)]);
    expect(valueOf(await site.admin('admin.saveRetention', { days: 30 }))).toEqual({ days: 30 });
    expect(valueOf(await site.admin('admin.retention'))).toEqual({ days: 30 });
    for (const days of [6, 366, 30.5, '30'])
      expect(problemOf(await site.admin('admin.saveRetention', { days }))).toMatchObject({ field: 'days' });
    await site.upkeep();
    expect(kept()).toEqual(['finished-6']);
  });
});
