import type { NamedProfileInput, ServerProfileInput } from '../profile';

type Further = Partial<Pick<NamedProfileInput, 'adminEnters' | 'sensible'>> & {
  readonly without?: { readonly remove?: string; readonly add?: string };
};

/** A server that a client has to work with. */
export function works(
  name: string,
  about: string,
  server: ServerProfileInput,
  { without = {}, ...further }: Further = {},
): NamedProfileInput {
  return { name, about, expected: { kind: 'works', without }, ...further, server };
}

/** A server that no client could use safely, or at all, found out by the check or by the test with a test person. */
export function refused(
  at: 'check' | 'test',
  name: string,
  [about, why]: readonly [about: string, why: string],
  server: ServerProfileInput,
): NamedProfileInput {
  return { name, about, expected: { kind: 'refused', at, why }, sensible: false, server };
}
