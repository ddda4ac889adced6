import { NeedsAuthenticationError } from '@forge/api';
import { ForgeKvsError } from '@forge/kvs';
import type { z } from 'zod';
import { type Result, type Problem, err, ok } from '../../contract';
import type { JiraError, JiraResult } from '../../adapters/jira';
import type { ShorterLoopError } from '../../adapters/shorterloop';
import { inputReasonOf } from './inputReason';
import { logFailure } from './log';
import { countFailure } from './countFailure';

/** What Forge's resolver passes to a function; both parts are parsed by the entry point. */
export type ResolverRequest = { readonly payload: unknown; readonly context: unknown };

/**
 * Runs an entry point's function at the SDK's border: whatever is thrown below becomes a problem that a page
 * can show. Storage that fails is told as such; anything else is a bug, told by reference only.
 */
export async function handleRequest<T>(
  name: string,
  work: () => Promise<Result<T>>,
  onConsent: (error: NeedsAuthenticationError) => Promise<Result<T>> = saidConsent,
): Promise<Result<T>> {
  const answer = await work().catch((error: unknown): Result<T> | Promise<Result<T>> => {
    if (error instanceof NeedsAuthenticationError) return onConsent(error);
    const reference = logFailure(name, error);
    return err(error instanceof ForgeKvsError ? { code: 'storage' } : { code: 'internal', reference });
  });
  if (answer.kind === 'problem') await countFailure(answer.problem);
  return answer;
}

function saidConsent(): Promise<ReturnType<typeof err<Problem>>> {
  return Promise.resolve(err({ code: 'consentNeeded' }));
}

/**
 * {@link handleRequest} for a page's resolver. A missing consent is counted and then thrown on as the SDK
 * threw it: the platform knows it by its name and asks the viewer (`NEEDS_AUTHENTICATION_ERR` of
 * @forge/api; that a prompt follows is assumed, the docs do not say what a resolver has to do).
 */
export async function handlePageRequest<T>(name: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  return handleRequest(name, work, async (error) => {
    await countFailure({ code: 'consentNeeded' });
    throw error;
  });
}

/** Parses a payload; the first thing wrong with it is named, with the reason. Its value is not repeated. */
export function parseInput<T>(schema: z.ZodType<T>, payload: unknown): Result<T> {
  const parsed = schema.safeParse(payload, { reportInput: true });
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return err({ code: 'invalidInput', field: issue?.path.join('.') ?? '', reason: inputReasonOf(issue) });
}

/**
 * Jira's answer as a result.
 * @param notFound what a 404 means to the caller; left out where it is a failure like any other
 */
export function fromJira<T>(answer: JiraResult<T>, notFound?: Problem): Result<T> {
  if (answer.kind === 'ok') return answer;
  const { status } = answer.problem;
  return err(status === 404 && notFound !== undefined ? notFound : jiraProblem(answer.problem));
}

function jiraProblem({ status, retryAfterMs, limit }: JiraError): Problem {
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
