import {
  type BulkResult,
  type ReportPoint,
  type RunGroup,
  type WriteEnds,
  ok,
  err,
  type Result,
} from '../../../contract';
import { endsOf, isInNoneAfter, type NewPerson, type ReadFacts, type Run, type RunPerson } from '../../../domain/runs';
import { readMemberIndex } from '../../../usecases/lookup';
import { refusalsNow } from '../access';
import { peopleBehind } from './pages';
import { readSeenRun, refusalOf, type BulkRequest } from './request';

/** Results after which it makes sense to try someone once more. */
const FAILED: readonly (BulkResult | null)[] = [
  'notConfirmed',
  'refused',
  'unknown',
  'busy',
  'projectOff',
  'notPermitted',
  null,
];

type Again = {
  readonly people: readonly NewPerson[];
  readonly facts: ReadFacts;
  readonly pageToken: null;
  readonly after: ReportPoint | null;
};

/**
 * A page of the earlier run whose people a run takes up: those who failed, on the same way once more, or those
 * who were moved or added, on the way back. Whoever was allowed then is asked for again: on the issue that covered
 * them then.
 */
export async function againOf(request: BulkRequest, run: Run, after: ReportPoint): Promise<Result<Again>> {
  const { rules } = request;
  const { source } = run;
  if (source.kind !== 'retry' && source.kind !== 'undo') return err({ code: 'run', cause: 'unknown' });
  // Since this run was made, its user may have lost what showed them that of somebody else.
  const seen = await readSeenRun(request, { runId: source.runId });
  if (seen.kind === 'problem') return seen;
  const base = seen.value;
  const refusal = refusalOf(request, base, run.act);
  if (refusal !== null) return err(refusal);
  const { people, next: following } = await peopleBehind(base, after);
  // Those who were left out then are left out again: they are the last group.
  const next = following?.group === 0 ? null : following;
  const taken = people.flatMap((person): NewPerson[] => {
    const group = base.groups[person.group - 1];
    const ends = group === undefined ? null : source.kind === 'undo' ? undoOf(person, group) : retryOf(person, group);
    if (ends === null) return [];
    const { accountId, memberId, issueId, issueKey, projectId, operationId, undoes } = person;
    return [
      {
        accountId,
        memberId,
        issueId,
        issueKey,
        projectId,
        verdict: 'willWrite',
        ends,
        isInNone: false,
        undoes: source.kind === 'undo' ? operationId : undoes,
      },
    ];
  });
  const refusals = await refusalsNow({ kind: 'user' }, run.act.kind, taken, rules);
  if (refusals.kind === 'problem') return refusals;
  const again = taken.map((person, place): NewPerson => {
    const refusal = refusals.value[place] ?? null;
    return refusal === null ? person : { ...person, verdict: refusal, ends: null };
  });
  const known = run.act.kind === 'remove' ? await withInNone(request, again) : ok(again);
  if (known.kind === 'problem') return known;
  return ok({
    people: known.value,
    facts: { issues: 0, withoutReporter: 0, asOfMs: null, isLast: next === null },
    pageToken: null,
    after: next,
  });
}

/** Who of those would be in no segment after a removal, by where they are now. */
async function withInNone(
  { connection, directoryMeta }: BulkRequest,
  people: readonly NewPerson[],
): Promise<Result<readonly NewPerson[]>> {
  if (connection.kind === 'problem') return connection;
  const index = await readMemberIndex(connection.value, directoryMeta);
  if (index.kind === 'problem') return index;
  const segmentIdsOf = await index.value.segmentIdsOf(people.flatMap(({ memberId }) => memberId ?? []));
  return ok(
    people.map((person) =>
      person.ends === null || person.memberId === null
        ? person
        : { ...person, isInNone: isInNoneAfter(person.ends, segmentIdsOf.get(person.memberId) ?? []) },
    ),
  );
}

function retryOf({ result }: RunPerson, group: RunGroup): WriteEnds | null {
  return FAILED.includes(result) ? endsOf(group) : null;
}

/** The way back: a removal has none, as nobody knows whether they may be added. */
function undoOf({ result }: RunPerson, { kind, from, to }: RunGroup): WriteEnds | null {
  if (result !== 'confirmed') return null;
  switch (kind) {
    case 'move':
      return { kind, from: to, to: from };
    case 'add':
      return { kind: 'remove', from: to, to: null };
    case 'remove':
      return null;
  }
}
