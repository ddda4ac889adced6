import { z } from 'zod';
import type { Answer, ReportPage } from '../contract';
import { ok, parseInput } from '../flow';
import { peopleBehind } from './pages';
import { readOwnRun, type BulkRequest } from './request';

const afterSchema = z.object({ after: z.object({ group: z.int().nonnegative(), place: z.int().nonnegative() }) });

/** A page of what a run says of each person, with the cause. */
export async function report(request: BulkRequest, payload: unknown): Promise<Answer<ReportPage>> {
  const input = parseInput(afterSchema, payload);
  if (input.kind === 'problem') return input;
  const run = await readOwnRun(request, payload);
  if (run.kind === 'problem') return run;
  const { people, next } = await peopleBehind(run.value, input.value.after);
  const views = people.map(({ accountId, memberId, verdict, issueKey, group, result, reason }) => {
    const { from, to } = run.value.groups[group - 1] ?? { from: null, to: null };
    return { accountId, memberId, verdict, issueKey, from, to, result, reason };
  });
  return ok({ people: views, next });
}
