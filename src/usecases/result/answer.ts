import { NeedsAuthenticationError } from '@forge/api';
import { ForgeKvsError } from '@forge/kvs';
import type { z } from 'zod';
import type { Answer, Problem } from '../../contract';
import type { JiraResult } from '../../adapters/jira';
import type { ShorterLoopError } from '../../adapters/shorterloop';
import { inputReasonOf } from './inputReason';
import { logFailure } from './log';
import { countFailure } from './countFailure';

/** A step's value, or the problem that ends the request. */
export type Step<T> = Answer<T>;

/** What Forge's resolver passes to a function; both parts are parsed by the entry point. */
export type ResolverRequest = { readonly payload: unknown; readonly context: unknown };

/** What was asked for. */
export function ok<T>(value: T): Step<T> {
  return { kind: 'ok', value };
}

/** The problem that stands in the way. */
export function problem(what: Problem): { readonly kind: 'problem'; readonly problem: Problem } {
  return { kind: 'problem', problem: what };
}

/**
 * Runs an entry point's function at the SDK's border: whatever is thrown below becomes a problem that a page
 * can show. Storage that fails is told as such; anything else is a bug, told by reference only.
 */
export async function handleRequest<T>(
  name: string,
  work: () => Promise<Answer<T>>,
  onConsent: (error: NeedsAuthenticationError) => Promise<Answer<T>> = saidConsent,
): Promise<Answer<T>> {
  const answer = await work().catch((error: unknown): Answer<T> | Promise<Answer<T>> => {
    if (error instanceof NeedsAuthenticationError) return onConsent(error);
    const reference = logFailure(name, error);
    return problem(error instanceof ForgeKvsError ? { code: 'storage' } : { code: 'internal', reference });
  });
  if (answer.kind === 'problem') await countFailure(answer.problem);
  return answer;
}

function saidConsent(): Promise<ReturnType<typeof problem>> {
  return Promise.resolve(problem({ code: 'consentNeeded' }));
}

/**
 * {@link handleRequest} for a page's resolver. A missing consent is counted and then thrown on as the SDK
 * threw it: the platform knows it by its name and asks the viewer (`NEEDS_AUTHENTICATION_ERR` of
 * @forge/api; that a prompt follows is assumed, the docs do not say what a resolver has to do).
 */
export async function handlePageRequest<T>(name: string, work: () => Promise<Answer<T>>): Promise<Answer<T>> {
  return handleRequest(name, work, async (error) => {
    await countFailure({ code: 'consentNeeded' });
    throw error;
  });
}

/** Parses a payload; the first thing wrong with it is named, with the reason. Its value is not repeated. */
export function parseInput<T>(schema: z.ZodType<T>, payload: unknown): Step<T> {
  const parsed = schema.safeParse(payload, { reportInput: true });
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return problem({ code: 'invalidInput', field: issue?.path.join('.') ?? '', reason: inputReasonOf(issue) });
}

/** Jira's answer as a step; `notFound` is what a 404 means to the caller. */
export function fromJira<T>(answer: JiraResult<T>, notFound: Problem): Step<T> {
  if (answer.kind === 'ok') return answer;
  return problem(answer.status === 404 ? notFound : jiraProblem(answer));
}

function jiraProblem({ status, retryAfterMs, limit }: Extract<JiraResult<never>, { kind: 'failed' }>): Problem {
  return { code: 'jira', status, retryAfterMs, limit };
}

/** A failed call to Shorter Loop as the problem that a page can show. */
export function shorterLoopProblem(error: ShorterLoopError): Problem {
  return {
    code: 'shorterLoop',
    cause: error.cause,
    status: error.status,
    retryAfterMs: error.cause === 'rateLimited' ? error.retryAfterMs : null,
  };
}
