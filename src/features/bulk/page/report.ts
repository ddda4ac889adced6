import { z } from 'zod';
import { type Result, type ReportPage, type ReportPoint, ok } from '../../../contract';
import { parseInput } from '../../../usecases/result';
import type { Run } from '../../../domain/runs';
import { peopleBehind, type PeoplePage } from './pages';
import { readSeenRun, type BulkRequest } from './request';

/** A page with fewer people goes on with the next group, up to so many groups. */
const MIN_PEOPLE = 50;
const MAX_QUESTIONS = 10;

const afterSchema = z.object({ after: z.object({ group: z.int().nonnegative(), place: z.int().nonnegative() }) });

/** A page of what a run says of each person, with the cause. */
export async function report(request: BulkRequest, payload: unknown): Promise<Result<ReportPage>> {
  const input = parseInput(afterSchema, payload);
  if (input.kind === 'problem') return input;
  const run = await readSeenRun(request, payload);
  if (run.kind === 'problem') return run;
  const { people, next } = await fullPage(run.value, input.value.after);
  const views = people.map(({ accountId, memberId, verdict, issueKey, group, result, reason }) => {
    const { from, to } = run.value.groups[group - 1] ?? { from: null, to: null };
    return { accountId, memberId, verdict, issueKey, from, to, result, reason };
  });
  return ok({ people: views, next });
}

/** Small groups share a page, as long as it does not take too many questions. */
async function fullPage(run: Run, after: ReportPoint): Promise<PeoplePage> {
  let page = await peopleBehind(run, after);
  for (let asked = 1; asked < MAX_QUESTIONS && page.next !== null && page.people.length < MIN_PEOPLE; asked += 1) {
    const more = await peopleBehind(run, page.next);
    page = { people: [...page.people, ...more.people], next: more.next };
  }
  return page;
}
