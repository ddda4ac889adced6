import { ok, type BulkResult, type Result, type RunGroup } from '../../../contract';
import type { RunPerson } from '../../../domain/runs';
import { createAdmission, type AskRefusals, type LeftOutBy } from './admission';
import { createPersonReader } from './personReader';
import { newPending, type Pending } from './classifyResult';
import type { Checkpoint } from './checkpoint';

/** Someone who came to a result without a write. */
export type LeftOut = RunPerson & { readonly result: BulkResult };

/** Whom a batch may be about, and who is left out on the way to them. */
type Taken = { readonly pending: readonly Pending[]; readonly leftOut: readonly LeftOut[] };

/**
 * Those of a group whom a batch may be about next: who has to be written about once more, and then whoever comes
 * next.
 */
export type WorkQueue = {
  /**
   * At most so many whose time has come. Only where nobody is answered at all, nobody's has. A problem where Jira
   * can't say whether they may be changed.
   */
  readonly take: (most: number, who: Whom) => Promise<Result<Taken>>;
  readonly put: (pending: readonly Pending[]) => void;
  /** How long until someone's time comes, in milliseconds; null when nobody is left. */
  readonly waitMs: (who: Whom) => number | null;
  /** Those whose write was made and is not decided yet. */
  readonly open: () => readonly Pending[];
};

/** Everybody, or those alone whose write was made and is only looked at. */
export type Whom = 'all' | 'written';

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
  /** Those whose time has come. A write is asked for again before each attempt; one that was made is only looked at. */
  const takeDue = async (most: number, who: Whom): Promise<Result<Taken>> => {
    const due = waiting.filter((one) => isOf(one, who) && one.notBeforeMs <= Date.now()).slice(0, most);
    const unwritten = due.filter(({ written }) => written === null).map(({ person }) => person);
    const asked = unwritten.length === 0 ? ok([]) : await ask(unwritten);
    if (asked.kind === 'problem') return asked;
    const leftOut = unwritten.flatMap((person, nth) => leftOutBy(person, asked.value[nth] ?? null));
    const places = leftOut.map(({ place }) => place);
    waiting = waiting.filter((one) => !due.includes(one));
    return ok({ pending: due.filter(({ person }) => !places.includes(person.place)), leftOut });
  };
  return {
    take: async (most, who) => {
      const taken = await takeDue(most, who);
      if (taken.kind === 'problem' || who === 'written') return taken;
      const due = [...taken.value.pending];
      const leftOut = [...taken.value.leftOut];
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
          else if (refusal !== null) leftOut.push(...leftOutBy(person, refusal));
          else due.push(newPending(person));
        }
      }
      return ok({ pending: due, leftOut });
    },
    put: (pending) => {
      waiting.push(...pending);
    },
    waitMs: (who) => {
      const due = waiting.filter((one) => isOf(one, who)).map(({ notBeforeMs }) => notBeforeMs);
      return due.length === 0 ? null : Math.max(0, Math.min(...due) - Date.now());
    },
    open: () => waiting.filter(({ written }) => written !== null),
  };
}

function isOf({ written }: Pending, who: Whom): boolean {
  return who === 'all' || written !== null;
}

function leftOutBy(person: RunPerson, refusal: LeftOutBy | null): LeftOut[] {
  if (refusal === null) return [];
  return [{ ...person, result: refusal, reason: refusal === 'changed' ? 'linkChanged' : person.reason }];
}
