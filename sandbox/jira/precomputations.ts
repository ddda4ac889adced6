import { randomUUID } from 'node:crypto';

/** An answer of an app's JQL function that Jira keeps. Times are milliseconds since the epoch. */
export type Precomputation = {
  readonly id: string;
  readonly functionName: string;
  readonly arguments: readonly string[];
  readonly field: string;
  readonly operator: string;
  readonly value: string | null;
  readonly error: string | null;
  readonly updatedAtMs: number;
};

/** What makes two calls of a function the same. */
type Call = Pick<Precomputation, 'functionName' | 'arguments' | 'field' | 'operator'>;

/** The answers that Jira keeps, so that a function is not asked for every search. */
export type Precomputations = {
  readonly all: () => readonly Precomputation[];
  readonly find: (call: Call) => Precomputation | undefined;
  readonly keep: (call: Call, answer: { readonly value: string } | { readonly error: string }, nowMs: number) => Precomputation;
  /** False when there is none of that id. */
  readonly update: (id: string, answer: { readonly value: string } | { readonly error: string }, nowMs: number) => boolean;
  readonly reset: () => void;
};

/** Starts without any. */
export function createPrecomputations(): Precomputations {
  let kept: Precomputation[] = [];
  const answered = (answer: { readonly value: string } | { readonly error: string }) => ('value' in answer ? { value: answer.value, error: null } : { value: null, error: answer.error });
  return {
    all: () => kept,
    find: (call) => kept.find((one) => one.functionName === call.functionName && one.field === call.field && one.operator === call.operator && JSON.stringify(one.arguments) === JSON.stringify(call.arguments)),
    keep: (call, answer, nowMs) => {
      const made = { id: randomUUID(), ...call, ...answered(answer), updatedAtMs: nowMs };
      kept = [...kept, made];
      return made;
    },
    update: (id, answer, nowMs) => {
      const found = kept.some((one) => one.id === id);
      kept = kept.map((one) => (one.id === id ? { ...one, ...answered(answer), updatedAtMs: nowMs } : one));
      return found;
    },
    reset: () => {
      kept = [];
    },
  };
}
