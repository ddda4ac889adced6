import { z } from 'zod';
import {
  MAX_JQL_LENGTH,
  MAX_ACCOUNTS_A_STEP,
  type Result,
  type JiraEstimate,
  type Problem,
  type ReadStep,
  type ReadStepInput,
  type ReportPoint,
  ok,
  err,
} from '../../../contract';
import { estimateReading, spendJiraPoints, withinJiraBudget } from '../../../usecases/connection';
import { fromJira, parseInput } from '../../../usecases/result';
import { pointsOfUsers, readUsers, REPORTERS_A_PAGE, searchReporters, type ReporterPage } from '../../../adapters/jira';
import { isCounted, withRead, type NewPerson, type ReadFacts, type Run } from '../../../domain/runs';
import { fitsRow, readRun, readRunPeople, replaceRun, writeRunPeople } from '../../../adapters/store';
import { againOf } from './earlier';
import { refusalsOf } from '../access';
import { matchPeople, type FoundReporter } from './match';
import { readPageSeal } from './query';
import { readOwnRun, type BulkRequest } from './request';
import { viewOfRun } from './view';

const pointSchema: z.ZodType<ReportPoint> = z.object({ group: z.int().nonnegative(), place: z.int().nonnegative() });
/** Jira documents no length of its tokens. */
const MAX_TOKEN_LENGTH = 4_000;
const runId = z.uuid();
const jql = z.string().trim().min(1).max(MAX_JQL_LENGTH);
const estimateSchema = z.object({ jql });
const stepSchema: z.ZodType<ReadStepInput> = z.discriminatedUnion('kind', [
  z.object({ runId, kind: z.literal('jql'), jql, pageToken: z.string().max(MAX_TOKEN_LENGTH).nullable() }),
  z.object({
    runId,
    kind: z.literal('accounts'),
    accountIds: z.array(z.string().regex(/^[\w:.-]{1,128}$/)).max(MAX_ACCOUNTS_A_STEP),
    isLast: z.boolean(),
  }),
  z.object({ runId, kind: z.literal('run'), after: pointSchema }),
]);
const NOT_READING: Problem = { code: 'run', cause: 'otherState' };
const TOO_MANY_SEGMENTS: Problem = { code: 'run', cause: 'tooManySegments' };
/** Other steps of the same run, in another tab, that may get in between. */
const TRIES = 3;

/** What a step found, and where the next one starts. */
type StepFound = {
  readonly people: readonly NewPerson[];
  readonly facts: ReadFacts;
  readonly pageToken: string | null;
  readonly after: ReportPoint | null;
};

/**
 * Reads a little more of whom a run is about: one page of issues as the user, some accounts, or a page of the earlier
 * run.
 * A step that is asked twice counts nobody twice. Shorter Loop is only read.
 */
export async function read(request: BulkRequest, payload: unknown): Promise<Result<ReadStep>> {
  const input = parseInput(stepSchema, payload);
  if (input.kind === 'problem') return input;
  const own = await readOwnRun(request, input.value);
  if (own.kind === 'problem') return own;
  if (own.value.createdByAccountId !== request.accountId || own.value.state !== 'reading') return err(NOT_READING);
  const found = await findPeople(request, own.value, input.value);
  if (found.kind === 'problem') return found;
  return keep(request, input.value.runId, found.value);
}

/** What reading a query would cost, before it is read; null where Jira can't say, or does not understand the query. */
export async function estimate(_request: BulkRequest, payload: unknown): Promise<Result<JiraEstimate | null>> {
  const input = parseInput(estimateSchema, payload);
  return input.kind === 'ok' ? ok(await estimateReading('user', input.value.jql)) : input;
}

async function findPeople(request: BulkRequest, run: Run, input: ReadStepInput): Promise<Result<StepFound>> {
  switch (input.kind) {
    case 'jql':
      return findByQuery(request, run, input.jql, input.pageToken);
    case 'accounts':
      return findAccounts(request, run, input.accountIds, input.isLast);
    case 'run':
      return againOf(request, run, input.after);
  }
}

async function findByQuery(
  request: BulkRequest,
  run: Run,
  jql: string,
  pageToken: string | null,
): Promise<Result<StepFound>> {
  const seal = await readPageSeal(run, jql);
  const token = seal?.open(pageToken);
  // Another query than the run shows, or the page of another one.
  if (seal === null || token === undefined) return err(NOT_READING);
  const asked = await withinJiraBudget(REPORTERS_A_PAGE + 1, () => searchReporters('user', jql, token));
  if (asked.kind === 'problem') return asked;
  const answer = asked.value;
  if (answer.kind === 'problem' && answer.problem.status === 400)
    return err({ code: 'run', cause: 'badQuery', said: null });
  const page = fromJira(answer, NOT_READING);
  if (page.kind === 'problem') return page;
  const found = await coveredReporters(request, run, page.value);
  if (found.kind === 'problem') return found;
  const { issues, leftOut, issuesOf, nextPageToken } = page.value;
  const matched = await matchPeople(request, run, found.value);
  if (matched.kind === 'problem') return matched;
  const { people, asOfMs } = matched.value;
  const withoutReporter = issuesOf.filter(({ reporterAccountId }) => reporterAccountId === null).length;
  return ok({
    people,
    facts: {
      issues: issues + leftOut,
      withoutReporter: withoutReporter + leftOut,
      asOfMs,
      isLast: nextPageToken === null,
    },
    pageToken: seal.close(nextPageToken),
    after: null,
  });
}

/** The reporters of a page, each with the first of their issues on which the user may do what the run does. */
async function coveredReporters(
  { rules }: BulkRequest,
  { act }: Run,
  { reporters, issuesOf }: ReporterPage,
): Promise<Result<readonly FoundReporter[]>> {
  const refusals = await refusalsOf({ kind: 'user' }, act.kind, issuesOf, rules);
  if (refusals.kind === 'problem') return refusals;
  const judged = issuesOf.map((issue, place) => ({ ...issue, leftOut: refusals.value[place] ?? null }));
  // The first issue on which they may, so that someone is left out only where there is none.
  const issueOf = new Map(
    judged
      .toReversed()
      .toSorted((a, b) => Number(a.leftOut === null) - Number(b.leftOut === null))
      .map((issue) => [issue.reporterAccountId, issue]),
  );
  return ok(
    reporters.map((reporter): FoundReporter => {
      const issue = issueOf.get(reporter.accountId);
      return {
        reporter,
        issueId: issue?.issueId ?? null,
        issueKey: issue?.issueKey ?? null,
        projectId: issue?.projectId ?? null,
        leftOut: issue === undefined ? 'notPermitted' : issue.leftOut,
      };
    }),
  );
}

async function findAccounts(
  request: BulkRequest,
  run: Run,
  accountIds: readonly string[],
  isLast: boolean,
): Promise<Result<StepFound>> {
  if (run.source.kind !== 'accounts') return err(NOT_READING);
  const distinct = [...new Set(accountIds)];
  const spent = await spendJiraPoints(pointsOfUsers(distinct.length));
  if (spent.kind === 'problem') return spent;
  const users = fromJira(await readUsers(distinct), NOT_READING);
  if (users.kind === 'problem') return users;
  const refusals = await refusalsOf({ kind: 'user' }, run.act.kind, [null], request.rules);
  if (refusals.kind === 'problem') return refusals;
  const [leftOut = 'notPermitted'] = refusals.value;
  const known = new Map(users.value.map((reporter) => [reporter.accountId, reporter]));
  const found = distinct.map((accountId): FoundReporter => {
    // An account that Jira does not know is nobody: told as such, and not left out without a word.
    const reporter = known.get(accountId) ?? {
      accountId,
      displayName: '',
      accountType: 'app',
      active: null,
      visibleEmail: null,
    };
    return { reporter, issueId: null, issueKey: null, projectId: null, leftOut };
  });
  const matched = await matchPeople(request, run, found);
  if (matched.kind === 'problem') return matched;
  const { people, asOfMs } = matched.value;
  return ok({ people, facts: { issues: 0, withoutReporter: 0, asOfMs, isLast }, pageToken: null, after: null });
}

/** Keeps what a step found: first the people in their places, then the run that counts them. */
async function keep(
  request: BulkRequest,
  runIdOfStep: string,
  { people, facts, pageToken, after }: StepFound,
): Promise<Result<ReadStep>> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = await readRun(runIdOfStep);
    if (before?.state !== 'reading') return err(NOT_READING);
    const known = await readRunPeople(
      runIdOfStep,
      people.map(({ accountId }) => accountId),
    );
    const fresh = people.filter(({ accountId }) => {
      const row = known.get(accountId);
      return row === undefined || !isCounted(before, row);
    });
    const { run, placed } = withRead(before, fresh, facts);
    if (!fitsRow(run)) return err(TOO_MANY_SEGMENTS);
    await writeRunPeople(runIdOfStep, placed);
    if (await replaceRun(before, run)) return ok({ run: viewOfRun(request, run), pageToken, after });
  }
  return err({ code: 'busy', retryAfterMs: 1_000 });
}
