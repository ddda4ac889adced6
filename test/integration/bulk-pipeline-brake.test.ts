import { useWorkerLab } from '../support/workerLab';

const lab = useWorkerLab();
const { site, prepare, prove, work, run, sent } = lab;

describe('the brake', () => {
  it('counts whoever is refused alone at once', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    site().simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 422 } });
    await work();
    expect(await run()).toMatchObject({
      state: 'paused',
      pause: { by: 'brake', brake: { result: 'refused', claim: 'refused', people: 5 } },
    });
    expect(sent()).toHaveLength(5);
  });

  it('counts whoever was refused alone also where only a later look has shown it', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    site().simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'successFalse' } });
    await work();
    expect(await run()).toMatchObject({
      state: 'paused',
      pause: { by: 'brake', brake: { result: 'refused', claim: 'refused', people: 5 } },
    });
    // Five until the first was decided, and another for each of the next four: nobody was asked for twice.
    expect(sent()).toHaveLength(9);
  });

  it('counts nobody who was refused among others: alone they are taken', async () => {
    await prove(10);
    await prepare([{ from: 0, to: 1, count: 10 }]);
    site().simulator.faults.add({ match: { route: 'move', nth: 1 }, fault: { kind: 'successFalse' } });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 10 } });
  });

  it('counts nobody of a request that was done for others at once', async () => {
    await prove(10);
    await prepare([{ from: 0, to: 1, count: 10 }]);
    site().simulator.faults.add({
      match: { route: 'move', nth: 1 },
      fault: { kind: 'appliedPartly', how: 'firstHalf' },
    });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 10 } });
  });
});
