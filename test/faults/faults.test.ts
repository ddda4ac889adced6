import { allCases, CALLS, playCase } from './cases';
import { openLab, type Lab, type Operation } from './lab';
import { judge } from './verdict';

let labs: Lab[] = [];
async function lab(operation: Operation): Promise<Lab> {
  const opened = await openLab(operation);
  labs.push(opened);
  return opened;
}
async function stopLabs(): Promise<void> {
  for (const one of labs) await one.stop();
  labs = [];
}
afterEach(stopLabs);

/** `npm run faults` plays them all, as a step of its own; here one in so many, so that the same holds under Jest. */
const ONE_IN = 40;

describe('an operation under a fault', () => {
  it.each(allCases().filter((_case, index) => index % ONE_IN === 0))(
    'loses nobody and tells the truth: $name',
    async (one) => {
      expect(await playCase(one)).toEqual({ wrongOutcomes: [], lostMembers: [], unreportedWrites: [] });
    },
  );
});

describe('the cases', () => {
  it('break and kill a write at each of its calls', async () => {
    for (const operation of ['move', 'remove', 'undo'] as const) {
      const opened = await lab(operation);
      await opened.act();
      expect({ operation, calls: opened.calls().length }).toEqual({ operation, calls: CALLS[operation] });
      await stopLabs();
    }
  });

  it('have names of their own', () => {
    const names = allCases().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(300);
  });
});

describe('the judge', () => {
  const OWN = {};
  async function play(spoil: (lab: Lab) => void = () => undefined) {
    const opened = await lab('move');
    const { truth } = opened.site.simulator;
    spoil(opened);
    const answer = await opened.act();
    const { memberId } = opened.subject;
    const told = { answer, appliedThen: truth.writes(), segmentIdsThen: truth.membershipsOf(memberId) };
    return { opened, memberId, told, ledger: await opened.ledger() };
  }

  it('sees a row that says the opposite of what happened', async () => {
    const { opened, memberId, told, ledger } = await play();
    expect(judge(opened, ledger, [told], 0, OWN)).toEqual({ wrongOutcomes: [], lostMembers: [], unreportedWrites: [] });
    const members = [{ memberId, outcome: 'refused', reason: 'saidNo' }] as const;
    const refused = judge(
      opened,
      ledger.map((row) => ({ ...row, members })),
      [told],
      0,
      OWN,
    );
    expect(refused.wrongOutcomes).toEqual(['recorded refused saidNo, and the write was applied']);
    expect(refused.unreportedWrites).toHaveLength(1);
  });

  it('sees a write that stands nowhere, a row that nobody finished, and a lie to the user', async () => {
    const { opened, told, ledger } = await play();
    expect(judge(opened, [], [told], 0, OWN).unreportedWrites).toHaveLength(1);
    const unfinished = ledger.map((row) => ({ ...row, state: 'intended' as const }));
    expect(judge(opened, unfinished, [told], 0, OWN).wrongOutcomes).toContain("the ledger's row is still intended");
    const lie = { ...told, answer: { kind: 'problem', problem: { code: 'storage' } } as const };
    expect(judge(opened, ledger, [lie], 0, OWN).wrongOutcomes).toEqual(['told storage, and the write was applied']);
  });

  it('sees a member who is in no segment any more without a word', async () => {
    const goes = ({ site, subject }: Lab): void => {
      site.simulator.faults.add({
        match: { route: 'segmentsWithMembers', nth: 1 },
        fault: { kind: 'memberGone', id: subject.memberId },
      });
    };
    const { opened, memberId, ledger } = await play(goes);
    expect(judge(opened, ledger, [], 0, OWN).lostMembers).toHaveLength(1);
    expect(judge(opened, ledger, [], 0, { memberGone: memberId }).lostMembers).toEqual([]);
  });
});
