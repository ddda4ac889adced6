import fc from '../support/chance';
import { brokenInvariants, replay } from './model';
import { story } from './story';
import { openTheatre } from './theatre';

/** How many stories are played here; `npm run properties` plays 10,000. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300);

describe('people who move the same members at once, while everything fails', () => {
  it(
    `break no invariant in ${RUNS} stories`,
    async () => {
      const theatre = await openTheatre();
      const property = fc.asyncProperty(story, async (one) => {
        expect(brokenInvariants(await theatre.play(one))).toEqual([]);
      });
      await fc.assert(property, { numRuns: RUNS });
      await theatre.close();
    },
    RUNS * 1_000,
  );
});

describe('the model', () => {
  it('sees a write that the ledger does not know, and one that did not happen', async () => {
    const theatre = await openTheatre();
    const played = await theatre.play({
      steps: [{ atMs: 0, what: 'move', issue: 'one', actor: 0, pick: 2, killedAt: null }],
      faults: [],
      queryLagMs: 0,
      storageFailures: [],
      order: 1,
      server: null,
    });
    expect(played.ledger).toMatchObject([{ state: 'finished', members: [{ outcome: 'confirmed' }] }]);
    expect(brokenInvariants(played)).toEqual([]);
    expect(brokenInvariants({ ...played, ledger: [] })).toEqual([
      expect.stringMatching(/^told confirmed/),
      expect.stringMatching(/^member/),
      expect.stringMatching(/writes were applied/),
    ]);
    const denied = played.ledger.map((row) => ({
      ...row,
      members: row.members.map((member) => ({ ...member, outcome: 'refused' as const })),
    }));
    expect(brokenInvariants({ ...played, ledger: denied })).toHaveLength(3);
    await theatre.close();
  });

  it('replays moves and removals in their order', () => {
    expect(replay([{ id: 1, name: 'A', memberIds: [7, 8] }], [])).toEqual(
      new Map([
        [7, new Set([1])],
        [8, new Set([1])],
      ]),
    );
  });
});
