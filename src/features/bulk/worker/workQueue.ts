import { createPersonReader } from './personReader';
import type { Pending } from './classifyResult';
import type { Checkpoint } from './checkpoint';
import type { RunGroup } from '../../../contract';

/**
 * Those of a group whom a batch may be about next: who has to be written about once more, and then whoever comes
 * next.
 */
export type WorkQueue = {
  /** At most so many whose time has come. */
  readonly take: (most: number) => Promise<Pending[]>;
  readonly put: (pending: readonly Pending[]) => void;
  /** How long until someone's time comes, in milliseconds; null when nobody is left. */
  readonly waitMs: () => number | null;
};

/** The work queue of a group, from where the run counts it as done. Whoever is found done already is only noted. */
export function createWorkQueue(
  runId: string,
  group: number,
  { done, count }: RunGroup,
  checkpoint: Checkpoint,
): WorkQueue {
  const reader = createPersonReader(runId, group, done, count);
  let waiting: Pending[] = [];
  return {
    take: async (most) => {
      const due = waiting.filter(({ notBeforeMs }) => notBeforeMs <= Date.now()).slice(0, most);
      waiting = waiting.filter((one) => !due.includes(one));
      while (due.length < most) {
        const people = await reader.next(most - due.length);
        if (people.length === 0) break;
        for (const person of people) {
          // Done by a process that died before it could count them.
          if (person.result !== null) checkpoint.note(person.place, person.result);
          else due.push({ person, attempt: 1, answered: 0, tries: 0, notBeforeMs: 0 });
        }
      }
      return due;
    },
    put: (pending) => {
      waiting.push(...pending);
    },
    waitMs: () =>
      waiting.length === 0
        ? null
        : Math.max(0, Math.min(...waiting.map(({ notBeforeMs }) => notBeforeMs)) - Date.now()),
  };
}
