import { ok, type Result } from '../../../contract';
import type { RunPerson } from '../../../domain/runs';
import type { RunRefusal } from '../access';
import type { PersonReader } from './personReader';

/** Why nobody is written about now: they may not be changed, or are linked to somebody else since they were read. */
export type LeftOutBy = RunRefusal | 'changed';

/** Someone of a run, and why they are left out now; null where nothing does. */
type Admitted = { readonly person: RunPerson; readonly refusal: LeftOutBy | null };

/** The people of a group, each with whether the run's starter may change them now. */
export type Admission = {
  /** The next ones: fewer than `count` only at the end. A problem where Jira can't say: then nobody is passed over. */
  readonly next: (count: number) => Promise<Result<readonly Admitted[]>>;
};

/** Why each of some people is left out, in their order; a problem where Jira can't say. */
export type AskRefusals = (people: readonly RunPerson[]) => Promise<Result<readonly (LeftOutBy | null)[]>>;

/** How many people one question to Jira is about, at most: those of the largest batch. */
const ASKED_AT_ONCE = 500;
/** For how long an answer is enough for a batch that begins, in milliseconds. */
const MAX_AGE_MS = 60_000;

/**
 * Asks for the people of a group, some ahead of the batches that are about them: in each worker session, and once more
 * where the answer is old by the time that somebody is written about. So neither a preview nor a start permits
 * anything for longer. Whoever has a result is not asked for.
 */
export function createAdmission(reader: PersonReader, ask: AskRefusals): Admission {
  let read: readonly RunPerson[] = [];
  let admitted: readonly Admitted[] = [];
  let askedAtMs = 0;
  const admitMore = async (): Promise<Result<boolean>> => {
    if (read.length === 0) read = await reader.next(ASKED_AT_ONCE);
    if (read.length === 0) return ok(false);
    const open = read.filter(({ result }) => result === null);
    const asked = open.length === 0 ? ok([]) : await ask(open);
    if (asked.kind === 'problem') return asked;
    const refusals = new Map(open.map(({ place }, nth) => [place, asked.value[nth] ?? null]));
    admitted = [...admitted, ...read.map((person) => ({ person, refusal: refusals.get(person.place) ?? null }))];
    read = [];
    askedAtMs = Date.now();
    return ok(true);
  };
  return {
    next: async (wanted) => {
      if (Date.now() - askedAtMs > MAX_AGE_MS) {
        read = [...admitted.map(({ person }) => person), ...read];
        admitted = [];
      }
      while (admitted.length < wanted) {
        const more = await admitMore();
        if (more.kind === 'problem') return more;
        if (!more.value) break;
      }
      const people = admitted.slice(0, wanted);
      admitted = admitted.slice(wanted);
      return ok(people);
    },
  };
}
