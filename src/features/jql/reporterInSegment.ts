import { z } from 'zod';
import { ok } from '../../contract';
import { handleRequest } from '../../usecases/result';
import { noteJqlAsked, readJqlSettings } from '../../adapters/store';
import { answerOf, ONE_SEGMENT, SWITCHED_OFF, TOO_MANY, unavailable } from './answer';
import { spendAnswer } from './budget';
import { clauseOf, type Fragment } from './fragment';
import { readSource } from './people';

const requestSchema = z.object({
  clause: z.object({
    field: z.string().min(1).max(255).default('reporter'),
    operator: z.string(),
    arguments: z.array(z.string()),
  }),
});

/**
 * The JQL function `reporterInSegment("Beta testers")`: the segment's people in its place. Jira keeps
 * the answer and asks again only when the app says that it changed, see {@link refreshPrecomputations}. Who searches
 * is not told to the app, so that it answers everybody or nobody: nobody, until an admin has switched it on.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-jql-function/
 */
export async function reporterInSegment(request: unknown): Promise<Fragment> {
  const answer = await handleRequest('reporter-in-segment', async () => ok(await compute(request)));
  return answer.kind === 'ok'
    ? answer.value
    : { error: 'reporterInSegment could not be computed. Try again in a few minutes.' };
}

async function compute(request: unknown): Promise<Fragment> {
  if (!(await readJqlSettings()).isOn) return SWITCHED_OFF;
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success || clauseOf(parsed.data.clause) === null) return ONE_SEGMENT;
  // Not kept, the answer would never be brought up to date: then there is none.
  await noteJqlAsked();
  if (!(await spendAnswer(Date.now()))) return TOO_MANY;
  const source = await readSource();
  if (source.kind === 'problem') return unavailable(source.problem);
  return answerOf(source.value, parsed.data.clause);
}
