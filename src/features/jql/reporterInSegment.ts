import { z } from 'zod';
import { type Result, type Problem, isolated, ok } from '../../contract';
import { handleRequest } from '../../usecases/result';
import { fragmentOf, type Clause, type Fragment } from './fragment';
import { noteJqlAsked } from '../../adapters/store';
import { readPeople, type PeopleOf } from './people';

const requestSchema = z.object({
  clause: z.object({
    field: z.string().min(1).max(255).default('reporter'),
    operator: z
      .string()
      .transform((operator) =>
        operator.trim().toLowerCase().replace('_', ' ') === 'not in' ? ('not in' as const) : ('in' as const),
      ),
    arguments: z.array(z.string()),
  }),
});

/**
 * The JQL function `reporterInSegment("Beta testers")`: the segment's people in its place. Jira keeps
 * the answer and asks again only when the app says that it changed, see {@link refreshPrecomputations}.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-jql-function/
 */
export async function reporterInSegment(request: unknown): Promise<Fragment> {
  const parsed = requestSchema.safeParse(request);
  const [segment, ...more] = parsed.success ? parsed.data.clause.arguments : [];
  if (!parsed.success || segment === undefined || segment.trim() === '' || more.length > 0)
    return { error: 'reporterInSegment takes one segment: reporterInSegment("Beta testers").' };
  const { field, operator } = parsed.data.clause;
  const answer = await handleRequest('reporter-in-segment', async (): Promise<Result<Fragment>> => {
    // Not kept, the answer would never be brought up to date: then there is none.
    await noteJqlAsked();
    const people = await readPeople();
    return people.kind === 'ok' ? computeFragment(people.value, { field, operator, segment }) : people;
  });
  return answer.kind === 'ok' ? answer.value : { error: sentenceOf(answer.problem) };
}

/** The fragment of one clause, or why it can't be told now. */
export async function computeFragment(peopleOf: PeopleOf, clause: Clause): Promise<Result<Fragment>> {
  const people = await peopleOf(clause.segment);
  if (people.kind === 'problem') return people;
  return ok(
    people.value === null
      ? { error: `Shorter Loop has no segment “${isolated(clause.segment)}”, or more than one of that name.` }
      : fragmentOf(clause, people.value),
  );
}

function sentenceOf(what: Problem): string {
  return what.code === 'notConfigured'
    ? 'Shorter Loop is not connected to this site yet.'
    : `Shorter Loop could not be read (${what.code}). Try again in a few minutes.`;
}
