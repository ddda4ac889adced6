import { type BulkResult, type ReportPoint, type Segment, ok, err, type Result } from '../../../contract';
import type { NewPerson, ReadFacts, Run, RunPerson } from '../../../domain/runs';
import { readRun } from '../../../adapters/store';
import { coveringOf, refusalsOf } from '../access';
import { peopleBehind } from './pages';
import type { BulkRequest } from './request';

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
 * who were moved, on the way back. Whoever was allowed then is asked for again: on the issue that covered them then.
 */
export async function againOf({ rules }: BulkRequest, run: Run, after: ReportPoint): Promise<Result<Again>> {
  const { source } = run;
  const base = source.kind === 'retry' || source.kind === 'undo' ? await readRun(source.runId) : null;
  if (base === null) return err({ code: 'run', cause: 'unknown' });
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
        undoes: source.kind === 'undo' ? operationId : undoes,
      },
    ];
  });
  const refusals = await refusalsOf({ kind: 'user' }, run.act.kind, taken.map(coveringOf), rules);
  if (refusals.kind === 'problem') return refusals;
  const again = taken.map((person, place): NewPerson => {
    const refusal = refusals.value[place] ?? null;
    return refusal === null ? person : { ...person, verdict: refusal, ends: null };
  });
  return ok({
    people: again,
    facts: { issues: 0, withoutReporter: 0, asOfMs: null, isLast: next === null },
    pageToken: null,
    after: next,
  });
}

type Ends = { readonly from: Segment; readonly to: Segment | null };

function retryOf({ result }: RunPerson, { from, to }: Ends): Ends | null {
  return FAILED.includes(result) ? { from, to } : null;
}

function undoOf({ result }: RunPerson, { from, to }: Ends): Ends | null {
  return result === 'confirmed' && to !== null ? { from: to, to: from } : null;
}
