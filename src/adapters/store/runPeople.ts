import { kvs, Sort, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { BULK_RESULTS, BULK_VERDICTS, ERASED, RUN_KEPT_DAYS } from '../../contract';
import { PEOPLE_A_BATCH, type RunPerson } from '../../domain/runs';
import { readMany, writeAll, type Place } from './batch';
import { forEachGroup, inGroupsOf } from './groups';
import { readRows } from './pages';
import { storable } from './row';

const PERSON_ENTITY = 'run-person';
/** The people of a run are kept as long as it is: its report, its retry and its undo need them. */
const KEPT = { value: RUN_KEPT_DAYS, unit: 'DAYS' } as const;
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
 * Puts a mark in place of the account id of someone in a run: the place in the group stays taken, so that the
 * run and its report go on without a gap. Interrupted in between, it is done over when it is asked for again.
 * @param row as it is stored. Throws ForgeKvsError when storage fails.
 */
export async function moveToMark(row: unknown): Promise<void> {
  const { runId, accountId, groupNumber, place } = rowSchema.parse(row);
  const marked = { ...personOf(row), accountId: `${ERASED}:${groupNumber}:${place}` };
  await kvs.entity<object>(PERSON_ENTITY).set(`${runId}:${marked.accountId}`, rowOf(runId, marked), { ttl: KEPT });
  await kvs.entity<object>(PERSON_ENTITY).delete(`${runId}:${accountId}`);
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
