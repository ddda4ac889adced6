import { sleep } from '../../../clock';
import type { RunPerson } from '../../../domain/runs';
import { runPeopleAfter } from '../../../adapters/store';

/** How long to wait for a query to show what was stored, and how often. */
const LAG_WAIT_MS = 2_000;
const LAG_WAITS = 60;

/** The people of one group, in the order of their places. */
export type PersonReader = {
  /** The next ones: fewer than `count` only at the end. Throws when storage does not show them for minutes. */
  readonly next: (count: number) => Promise<RunPerson[]>;
};

/**
 * Reads the people of a group behind a place. Each has the place after the one before, so that people whom
 * a lagging query does not show yet are noticed and waited for, and nobody is passed over.
 */
export function createPersonReader(runId: string, group: number, after: number, count: number): PersonReader {
  let place = after;
  let read: RunPerson[] = [];
  async function fill(): Promise<void> {
    for (let waited = 0; waited < LAG_WAITS; waited += 1) {
      const found = contiguous(await runPeopleAfter(runId, group, place), place, count);
      const last = found.at(-1);
      if (last !== undefined) {
        place = last.place;
        read.push(...found);
        return;
      }
      await sleep(LAG_WAIT_MS);
    }
    throw new Error('Storage does not show people of the run');
  }
  return {
    next: async (wanted) => {
      while (read.length < wanted && place < count) await fill();
      const people = read.slice(0, wanted);
      read = read.slice(wanted);
      return people;
    },
  };
}

/** Those who follow on a place without a gap, up to the last that the run counts. */
function contiguous(people: readonly RunPerson[], after: number, count: number): RunPerson[] {
  let expected = after + 1;
  const found: RunPerson[] = [];
  for (const person of people) {
    if (person.place > expected || person.place > count) break;
    found.push(person);
    expected = person.place + 1;
  }
  return found;
}
