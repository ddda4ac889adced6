import { kvs, Sort, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { BULK_RESULTS, BULK_VERDICTS, ERASED, RUN_KEPT_DAYS } from '../../contract';
import { PEOPLE_A_BATCH, type RunPerson } from '../../domain/runs';
import { deleteAll, readMany, writeAll, type Place } from './batch';
import { forEachGroup, inGroupsOf, KEYS_AT_ONCE } from './groups';
import { readRows } from './pages';
import { storable } from './row';

const PERSON_ENTITY = 'run-person';
/**
 * The people of a run are kept as long as it is, as its report, its retry and its undo need them: they are deleted
 * before it. This is the bound for those whom a step wrote that lost its run on the way: a run is created, started and
 * ended within so much time, and kept from then on. Forge keeps nothing longer than a year by a bound (documented).
 * @see https://developer.atlassian.com/platform/forge/storage-reference/kvs-api/
 */
const KEPT = { value: 3 * RUN_KEPT_DAYS + 30, unit: 'DAYS' } as const;
/** The most that Forge returns at once. */
const PAGE = 100;

const rowSchema = z.object({
  runId: z.string(),
  accountId: z.string(),
  groupNumber: z.int().nonnegative(),
  place: z.int().positive(),
  memberId: z.int().positive().optional(),
  verdict: z.enum(BULK_VERDICTS),
  issueId: z.string().optional(),
  issueKey: z.string().optional(),
  projectId: z.string().optional(),
  result: z.enum(BULK_RESULTS).optional(),
  reason: z.string().optional(),
  operationId: z.string().optional(),
  undoes: z.string().optional(),
});

const placeOf = (runId: string, accountId: string): Place => ({
  key: `${runId}:${accountId}`,
  entityName: PERSON_ENTITY,
});

/** Those of these people whom a run has already, by account id. Throws ForgeKvsError when storage fails. */
export function readRunPeople(runId: string, accountIds: readonly string[]): Promise<Map<string, RunPerson>> {
  return readMany(
    accountIds,
    (accountId) => placeOf(runId, accountId),
    (_accountId, row) => personOf(row),
  );
}

/**
 * Keeps people of a run, each under their account. Throws ForgeKvsError when storage fails, also when it fails for
 * one of them only.
 */
export async function writeRunPeople(runId: string, people: readonly RunPerson[]): Promise<void> {
  await forEachGroup(inGroupsOf(people, PEOPLE_A_BATCH), (group) =>
    writeAll(
      PERSON_ENTITY,
      group.map((person) => ({
        key: `${runId}:${person.accountId}`,
        value: rowOf(runId, person),
        options: { ttl: KEPT },
      })),
    ),
  );
}

/**
 * People of one group in the order of their places, at most 100. The query may not show the last
 * seconds' changes: what is missing shows as a gap in the places.
 * @param after only those behind this place
 */
export async function runPeopleAfter(runId: string, group: number, after: number): Promise<RunPerson[]> {
  const { rows } = await readRows(
    kvs
      .entity<unknown>(PERSON_ENTITY)
      .query()
      .index('by-place', { partition: [runId, group] })
      .where(WhereConditions.greaterThan(after))
      .sort(Sort.ASC),
    PAGE,
  );
  return rows.map(({ value }) => personOf(value));
}

/**
 * Deletes some of a run's people, 100 at most, whatever their groups. Throws ForgeKvsError when storage fails, also
 * when it fails for one of them only.
 * @returns whether there may be more
 */
export async function deleteRunPeople(runId: string): Promise<boolean> {
  const query = kvs.entity<unknown>(PERSON_ENTITY).query().index('by-key');
  const { rows, isAll } = await readRows(query.where(WhereConditions.beginsWith(`${runId}:`)), PAGE);
  await forEachGroup(inGroupsOf(rows, KEYS_AT_ONCE), (group) =>
    deleteAll(group.map(({ key }) => ({ key, entityName: PERSON_ENTITY }))),
  );
  return !isAll;
}

/**
 * Puts a mark in place of the account id of someone in a run: the place in the group stays taken, so that the
 * run and its report go on without a gap. Interrupted in between, it is done over when it is asked for again.
 * @param row as it is stored. Throws ForgeKvsError when storage fails.
 */
export async function moveToMark(row: unknown): Promise<void> {
  await markPerson(rowSchema.parse(row).runId, personOf(row));
}

/**
 * These people of a run as they may be written about: with the mark in place of the account id of whoever's account
 * was closed since they were read. Throws ForgeKvsError when storage fails.
 */
export async function withMarks(runId: string, people: readonly RunPerson[]): Promise<RunPerson[]> {
  const marks = await readRunPeople(runId, people.map(markOf));
  return people.map((person) => (marks.has(markOf(person)) ? { ...person, accountId: markOf(person) } : person));
}

/**
 * Keeps what came of people of a run. A mark that stands by then, or was put there meanwhile, gets the result, and
 * nothing is left under the account id. Throws as {@link writeRunPeople}.
 */
export async function writeResults(runId: string, people: readonly RunPerson[]): Promise<void> {
  await writeRunPeople(runId, people);
  const marked = await withMarks(runId, people);
  // Whoever is marked after this look is deleted under their account id after it, too.
  for (const [nth, { accountId }] of marked.entries()) {
    const person = people[nth];
    if (person !== undefined && person.accountId !== accountId) await markPerson(runId, person);
  }
}

function markOf({ group, place }: RunPerson): string {
  return `${ERASED}:${group}:${place}`;
}

async function markPerson(runId: string, person: RunPerson): Promise<void> {
  const marked = { ...person, accountId: markOf(person) };
  await kvs.entity<object>(PERSON_ENTITY).set(`${runId}:${marked.accountId}`, rowOf(runId, marked), { ttl: KEPT });
  if (person.accountId !== marked.accountId)
    await kvs.entity<object>(PERSON_ENTITY).delete(`${runId}:${person.accountId}`);
}

function rowOf(runId: string, { group, ...person }: RunPerson): object {
  return storable({ runId, groupNumber: group, ...person });
}

function personOf(row: unknown): RunPerson {
  const {
    runId: _runId,
    groupNumber,
    memberId,
    issueId,
    issueKey,
    projectId,
    result,
    reason,
    operationId,
    undoes,
    ...person
  } = rowSchema.parse(row);
  const orNull = <T>(value: T | undefined): T | null => value ?? null;
  return {
    ...person,
    group: groupNumber,
    memberId: orNull(memberId),
    issueId: orNull(issueId),
    issueKey: orNull(issueKey),
    projectId: orNull(projectId),
    result: orNull(result),
    reason: orNull(reason),
    operationId: orNull(operationId),
    undoes: orNull(undoes),
  };
}
