import { ok, type BulkResult, type Result, type RunGroup } from '../../../contract';
import type { RunPerson } from '../../../domain/runs';
import { createAdmission, type AskRefusals } from './admission';
import { createPersonReader } from './personReader';
import type { Pending } from './classifyResult';
import type { Checkpoint } from './checkpoint';

/** Someone who came to a result without a write. */
export type LeftOut = RunPerson & { readonly result: BulkResult };

/** Whom a batch may be about, and who is left out on the way to them. */
export type Taken = { readonly pending: readonly Pending[]; readonly leftOut: readonly LeftOut[] };

/**
 * Those of a group whom a batch may be about next: who has to be written about once more, and then whoever comes
 * next.
 */
export type WorkQueue = {
  /**
   * At most so many whose time has come. Only where nobody is answered at all, nobody's has. A problem where Jira
   * can't say whether they may be changed.
   */
  readonly take: (most: number) => Promise<Result<Taken>>;
  readonly put: (pending: readonly Pending[]) => void;
  /** How long until someone's time comes, in milliseconds; null when nobody is left. */
  readonly waitMs: () => number | null;
};

/** How many may be left out before they are recorded: the claim on the run is kept by that. */
const MAX_LEFT_OUT = 100;

/** The work queue of a group, from where the run counts it as done. Whoever is found done already is only noted. */
export function createWorkQueue(
  { runId, group, ask }: { readonly runId: string; readonly group: number; readonly ask: AskRefusals },
  { done, count }: RunGroup,
  checkpoint: Checkpoint,
): WorkQueue {
  const admission = createAdmission(createPersonReader(runId, group, done, count), ask);
  let waiting: Pending[] = [];
  return {
    take: async (most) => {
      const due = waiting.filter(({ notBeforeMs }) => notBeforeMs <= Date.now()).slice(0, most);
      waiting = waiting.filter((one) => !due.includes(one));
      const leftOut: LeftOut[] = [];
      while (due.length < most && leftOut.length < MAX_LEFT_OUT) {
        const people = await admission.next(Math.min(most - due.length, MAX_LEFT_OUT - leftOut.length));
        if (people.kind === 'problem') {
          waiting.push(...due);
          return people;
        }
        if (people.value.length === 0) break;
        for (const { person, refusal } of people.value) {
          // Done by a process that died before it could count them.
          if (person.result !== null) checkpoint.note(person.place, person.result);
          else if (refusal !== null) leftOut.push({ ...person, result: refusal });
          else due.push({ person, attempt: 1, answered: 0, tries: 0, notBeforeMs: 0 });
        }
      }
      return ok({ pending: due, leftOut });
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
