import type { Problem } from './problem';

/**
 * What was asked for, or why there is none. Errors are data; what is thrown is a bug, or storage that fails.
 * @typeParam E a {@link Problem} that pages can show, unless an adapter says otherwise
 */
export type Result<T, E = Problem> =
  { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'problem'; readonly problem: E };

/** What was asked for. */
export function ok<T>(value: T): { readonly kind: 'ok'; readonly value: T } {
  return { kind: 'ok', value };
}

/** What stands in the way. */
export function err<E>(problem: E): { readonly kind: 'problem'; readonly problem: E } {
  return { kind: 'problem', problem };
}
