import { ok, type Result } from '../../../contract';
import type { RunPerson } from '../../../domain/runs';
import type { RunRefusal } from '../access';
import type { PersonReader } from './personReader';

/** Someone of a run, and why they are left out now; null where nothing does. */
export type Admitted = { readonly person: RunPerson; readonly refusal: RunRefusal | null };

/** The people of a group, each with whether the run's starter may change them now. */
export type Admission = {
  /** The next ones: fewer than `count` only at the end. A problem where Jira can't say: then nobody is passed over. */
  readonly next: (count: number) => Promise<Result<readonly Admitted[]>>;
};

/** Why each of some people is left out, in their order; a problem where Jira can't say. */
export type AskRefusals = (people: readonly RunPerson[]) => Promise<Result<readonly (RunRefusal | null)[]>>;

/** How many people one question to Jira is about: a page of storage. */
const ASKED_AT_ONCE = 100;

/**
 * Asks for the people of a group, some ahead of the batches that are about them: once in each worker session, so that
 * neither a preview nor a start permits anything for longer. Whoever has a result is not asked for.
 */
export function createAdmission(reader: PersonReader, ask: AskRefusals): Admission {
  let read: readonly RunPerson[] = [];
  let admitted: readonly Admitted[] = [];
  const readMore = async (): Promise<Result<boolean>> => {
    if (read.length === 0) read = await reader.next(ASKED_AT_ONCE);
    if (read.length === 0) return ok(false);
    const open = read.filter(({ result }) => result === null);
    const asked = open.length === 0 ? ok([]) : await ask(open);
    if (asked.kind === 'problem') return asked;
    const refusals = new Map(open.map(({ place }, nth) => [place, asked.value[nth] ?? null]));
    admitted = [...admitted, ...read.map((person) => ({ person, refusal: refusals.get(person.place) ?? null }))];
    read = [];
    return ok(true);
  };
  return {
    next: async (wanted) => {
      while (admitted.length < wanted) {
        const more = await readMore();
        if (more.kind === 'problem') return more;
        if (!more.value) break;
      }
      const people = admitted.slice(0, wanted);
      admitted = admitted.slice(wanted);
      return ok(people);
    },
  };
}
