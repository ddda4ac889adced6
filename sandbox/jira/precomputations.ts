import { randomUUID } from 'node:crypto';

/** What makes two calls of an app's JQL function the same. */
type FunctionUse = {
  readonly functionKey: string;
  readonly functionName: string;
  readonly arguments: readonly string[];
  readonly field: string;
  readonly operator: string;
};

/** What a function answered: JQL, or an error that the user sees. */
export type FunctionAnswer = { readonly value: string } | { readonly error: string };

/** An answer of an app's JQL function that Jira keeps. Times are milliseconds since the epoch. */
export type Precomputation = FunctionUse & {
  readonly id: string;
  readonly value: string | null;
  readonly error: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly usedAtMs: number;
};

/** The answers that Jira keeps, so that a function is not asked for every search. */
export type Precomputations = {
  /** Those of these functions, of every function without keys; in the order in which they were first asked for. */
  readonly all: (functionKeys?: readonly string[]) => readonly Precomputation[];
  /** The answer that is kept of a call, which counts as used now; null when there is none. */
  readonly use: (call: FunctionUse, nowMs: number) => Precomputation | null;
  /** Keeps an answer, in place of an earlier one to the same call. */
  readonly keep: (call: FunctionUse, answer: FunctionAnswer, nowMs: number) => Precomputation;
  /** Replaces answers by id: all of them, or none when one of the ids is not known; answers the unknown ones. */
  readonly update: (
    updates: readonly { readonly id: string; readonly answer: FunctionAnswer }[],
    nowMs: number,
  ) => readonly string[];
  readonly reset: () => void;
};

/** Starts without any. */
export function createPrecomputations(): Precomputations {
  const kept = new Map<string, Precomputation>();
  const nameOf = (call: FunctionUse): string =>
    JSON.stringify([call.functionKey, call.arguments, call.field, call.operator]);
  const answered = (answer: FunctionAnswer): Pick<Precomputation, 'value' | 'error'> =>
    'value' in answer ? { value: answer.value, error: null } : { value: null, error: answer.error };
  return {
    all: (functionKeys = []) =>
      [...kept.values()].filter(({ functionKey }) => functionKeys.length === 0 || functionKeys.includes(functionKey)),
    use: (call, nowMs) => {
      const found = kept.get(nameOf(call));
      if (found === undefined) return null;
      const used = { ...found, usedAtMs: nowMs };
      kept.set(nameOf(call), used);
      return used;
    },
    keep: (call, answer, nowMs) => {
      const before = kept.get(nameOf(call));
      const made = {
        ...call,
        ...answered(answer),
        id: before?.id ?? randomUUID(),
        createdAtMs: before?.createdAtMs ?? nowMs,
        updatedAtMs: nowMs,
        usedAtMs: nowMs,
      };
      kept.set(nameOf(call), made);
      return made;
    },
    update: (updates, nowMs) => {
      const rows = [...kept.values()];
      const unknown = updates.map(({ id }) => id).filter((id) => !rows.some((row) => row.id === id));
      if (unknown.length > 0) return unknown;
      for (const { id, answer } of updates) {
        const row = rows.find((one) => one.id === id);
        if (row !== undefined) kept.set(nameOf(row), { ...row, ...answered(answer), updatedAtMs: nowMs });
      }
      return [];
    },
    reset: () => kept.clear(),
  };
}
