import type { ReportPoint } from '../../../contract';
import { countOf, type Run, type RunPerson } from '../../../domain/runs';
import { runPeopleAfter } from '../../../adapters/store';

/** A page of a run's people, and where the next page starts; null on the last one. */
export type PeoplePage = { readonly people: readonly RunPerson[]; readonly next: ReportPoint | null };

/**
 * The people behind a point, at most 100, all of one group: group after group, and those who are left
 * out at the end. A page goes on from the last one's place: no cursor is kept anywhere.
 * Throws ForgeKvsError when storage fails.
 */
export async function peopleBehind(run: Run, after: ReportPoint): Promise<PeoplePage> {
  let point: ReportPoint | null = after;
  while (point !== null) {
    const { group, place }: ReportPoint = point;
    const count = countOf(run, group);
    const people =
      place >= count ? [] : (await runPeopleAfter(run.runId, group, place)).filter((person) => person.place <= count);
    const last = people.at(-1);
    const following = nextGroupOf(run, group);
    if (last !== undefined) return { people, next: last.place < count ? { group, place: last.place } : following };
    point = following;
  }
  return { people: [], next: null };
}

/** Where the next group with anyone in it starts; group 0 is the last one. */
function nextGroupOf(run: Run, group: number): ReportPoint | null {
  if (group === 0) return null;
  const groups = [...run.groups.map((_one, index) => index + 1).filter((one) => one > group), 0];
  const next = groups.find((one) => countOf(run, one) > 0);
  return next === undefined ? null : { group: next, place: 0 };
}
