import type { Result, Problem } from '@contract';

/** A problem as a page knows it: the app's own, or that the app gave no answer at all. */
export type PageProblem = Problem | { readonly code: 'noAnswer' };

/** What came of an invoke: the value that was asked for, or the problem in its way. */
export type Asked<T> =
  { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'problem'; readonly problem: PageProblem };

/**
 * Waits for an invoke. A rejection (the function crashed or timed out, the network failed) becomes
 * the problem `noAnswer`, because it says nothing of whether the function did its work.
 */
export async function ask<T>(answer: Promise<Result<T>>): Promise<Asked<T>> {
  try {
    return await answer;
  } catch {
    return { kind: 'problem', problem: { code: 'noAnswer' } };
  }
}
