import { z } from 'zod';
import {
  isInScope,
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
import { issuesPermitted, pointsOfUsers, readUsers, REPORTERS_A_PAGE, searchReporters } from '../../../adapters/jira';
import { isCounted, withRead, type NewPerson, type ReadFacts, type Run } from '../../../domain/runs';
import { readRun, readRunPeople, replaceRun, writeRunPeople } from '../../../adapters/store';
import { againOf } from './earlier';
import { matchPeople, type FoundReporter, type IssueRefusal } from './match';
import { readOwnRun, type BulkRequest } from './request';
import { viewOfRun } from './view';

const pointSchema: z.ZodType<ReportPoint> = z.object({ group: z.int().nonnegative(), place: z.int().nonnegative() });
const runId = z.uuid();
const jql = z.string().trim().min(1).max(MAX_JQL_LENGTH);
const estimateSchema = z.object({ jql });
const stepSchema: z.ZodType<ReadStepInput> = z.discriminatedUnion('kind', [
  z.object({ runId, kind: z.literal('jql'), jql, pageToken: z.string().max(2_000).nullable() }),
  z.object({
    runId,
    kind: z.literal('accounts'),
    accountIds: z.array(z.string().regex(/^[\w:.-]{1,128}$/)).max(MAX_ACCOUNTS_A_STEP),
    isLast: z.boolean(),
  }),
  z.object({ runId, kind: z.literal('run'), after: pointSchema }),
]);
const NOT_READING: Problem = { code: 'run', cause: 'otherState' };
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
  return keep(input.value.runId, found.value);
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
      return againOf(run, input.after);
  }
}

async function findByQuery(
  request: BulkRequest,
  run: Run,
  jql: string,
  pageToken: string | null,
): Promise<Result<StepFound>> {
  if (run.source.kind !== 'jql') return err(NOT_READING);
  const { rule, scope } = request;
  const asked = await withinJiraBudget(REPORTERS_A_PAGE + 1, () => searchReporters('user', jql, pageToken));
  if (asked.kind === 'problem') return asked;
  const answer = asked.value;
  if (answer.kind === 'problem' && answer.problem.status === 400) return err({ code: 'run', cause: 'badQuery' });
  const page = fromJira(answer, NOT_READING);
  if (page.kind === 'problem') return page;
  const { issues, reporters, issuesOf, nextPageToken } = page.value;
  const ids = issuesOf.flatMap(({ issueId, projectId }) => (isInScope(scope, projectId) ? [issueId] : []));
  // Who administers Jira holds that everywhere, and was asked just before.
  const permitted =
    rule.permission === 'ADMINISTER'
      ? ok(new Set(ids))
      : fromJira(await issuesPermitted(rule.permission, ids), { code: 'notPermitted', needed: rule.permission });
  if (permitted.kind === 'problem') return permitted;
  const judged = issuesOf.map((issue) => ({
    ...issue,
    leftOut: refusalOf(isInScope(scope, issue.projectId), permitted.value.has(issue.issueId)),
  }));
  // The first issue on which they may, so that someone is left out only where there is none.
  const issueOf = new Map(
    judged
      .toReversed()
      .toSorted((a, b) => Number(a.leftOut === null) - Number(b.leftOut === null))
      .map((issue) => [issue.reporterAccountId, issue]),
  );
  const found = reporters.map((reporter): FoundReporter => {
    const issue = issueOf.get(reporter.accountId);
    return {
      reporter,
      issueId: issue?.issueId ?? null,
      issueKey: issue?.issueKey ?? null,
      leftOut: issue === undefined ? 'notPermitted' : issue.leftOut,
    };
  });
  const matched = await matchPeople(request, run, found);
  if (matched.kind === 'problem') return matched;
  const { people, asOfMs } = matched.value;
  const withoutReporter = issuesOf.filter(({ reporterAccountId }) => reporterAccountId === null).length;
  return ok({
    people,
    facts: { issues, withoutReporter, asOfMs, isLast: nextPageToken === null },
    pageToken: nextPageToken,
    after: null,
  });
}

function refusalOf(isOn: boolean, isPermitted: boolean): IssueRefusal | null {
  if (!isOn) return 'projectOff';
  return isPermitted ? null : 'notPermitted';
}

async function findAccounts(
  request: BulkRequest,
  run: Run,
  accountIds: readonly string[],
  isLast: boolean,
): Promise<Result<StepFound>> {
  if (run.source.kind !== 'accounts' || request.rule.permission !== 'ADMINISTER') return err(NOT_READING);
  const distinct = [...new Set(accountIds)];
  const spent = await spendJiraPoints(pointsOfUsers(distinct.length));
  if (spent.kind === 'problem') return spent;
  const users = fromJira(await readUsers(distinct), NOT_READING);
  if (users.kind === 'problem') return users;
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
    return { reporter, issueId: null, issueKey: null, leftOut: null };
  });
  const matched = await matchPeople(request, run, found);
  if (matched.kind === 'problem') return matched;
  const { people, asOfMs } = matched.value;
  return ok({ people, facts: { issues: 0, withoutReporter: 0, asOfMs, isLast }, pageToken: null, after: null });
}

/** Keeps what a step found: first the people in their places, then the run that counts them. */
async function keep(runIdOfStep: string, { people, facts, pageToken, after }: StepFound): Promise<Result<ReadStep>> {
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
    await writeRunPeople(runIdOfStep, placed);
    if (await replaceRun(before, run)) return ok({ run: viewOfRun(run), pageToken, after });
  }
  return err({ code: 'busy', retryAfterMs: 1_000 });
}
