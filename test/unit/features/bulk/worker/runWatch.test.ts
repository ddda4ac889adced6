import type { BulkResult } from '../../../../../src/contract';
import type { DecidedResult } from '../../../../../src/domain/runs';
import { newPending, type Pending } from '../../../../../src/features/bulk/worker/classifyResult';
import { createPartitions } from '../../../../../src/features/bulk/worker/partition';
import { createRunWatch } from '../../../../../src/features/bulk/worker/runWatch';
import { runPerson } from '../../../../support/runPerson';

const ends = { kind: 'move', from: { id: 1, name: 'A' }, to: { id: 2, name: 'B' } } as const;
const group = { ...ends, count: 20, done: 0 };
const partitions = () =>
  createPartitions({ runId: 'run', groups: [group, group] }, () => Promise.reject(new Error('Nobody is asked for')));
const decided = (place: number, result: BulkResult = 'notConfirmed'): DecidedResult => ({
  at: { group: 1, place },
  result,
  reason: 'inBoth',
  claim: 'accepted',
});
const open = (place: number, written: Pending['written']): Pending => ({
  ...newPending(runPerson({ place })),
  written,
});

describe('the watch over a run', () => {
  it('brakes once five in a row went wrong in the same way, which nothing that comes after takes back', () => {
    const watch = createRunWatch({ streak: null }, partitions());
    watch.note([1, 2, 3, 4].map((place) => decided(place)));
    watch.note([null]);
    expect(watch.brake()).toBeNull();
    expect(watch.state().streak?.places).toHaveLength(4);
    watch.note([decided(5), decided(6, 'confirmed')]);
    expect(watch.brake()).toEqual({ result: 'notConfirmed', reason: 'inBoth', claim: 'accepted', people: 5 });
    watch.note([decided(7, 'confirmed')]);
    expect(watch.brake()).toMatchObject({ people: 5 });
    expect(watch.state().streak?.places).toHaveLength(5);
  });

  it('forgets what went wrong once a write is confirmed before that', () => {
    const watch = createRunWatch({ streak: null }, partitions());
    watch.note([decided(1), decided(2), decided(3, 'confirmed')]);
    expect(watch.state().streak).toBeNull();
  });

  it('goes on from what the session before has seen', () => {
    const places = [1, 2, 3, 4].map((place) => ({ group: 1, place }));
    const streak = { result: 'notConfirmed', reason: 'inBoth', claim: 'accepted', places } as const;
    const watch = createRunWatch({ streak }, partitions());
    watch.note([decided(5)]);
    expect(watch.brake()).not.toBeNull();
  });

  it('holds everybody new while five writes of all groups are open, and tells of those that were accepted', () => {
    const [one, other] = partitions();
    if (one === undefined || other === undefined) throw new Error('Two groups');
    const watch = createRunWatch({ streak: null }, [one, other]);
    one.queue.put([open(1, 'accepted'), open(2, 'silent'), open(3, null)]);
    other.queue.put([open(1, 'accepted'), open(2, 'silent')]);
    expect(watch.isHeld()).toBe(false);
    expect(watch.state()).toEqual({ streak: null, unseen: 2 });
    other.queue.put([open(3, 'accepted')]);
    expect(watch.isHeld()).toBe(true);
    expect(watch.state().unseen).toBe(3);
  });
});
