import { randomUUID } from 'node:crypto';
import type { FunctionProcess } from './functionProcess';
import { backendContextOf, runtimeFacts, timeLimitMs } from './invocation';
import { functionOf, type Manifest } from './manifest';
import type { Invocation } from './wire';

/** Where the functions of an app run, and which of them run now. */
export type FunctionRuns = {
  readonly manifest: Manifest;
  readonly functions: FunctionProcess;
  /** The invocations whose calls of the platform are answered, by their token. */
  readonly invocations: Map<string, Invocation>;
  /** In place of Forge's time limits. */
  readonly limitMs: number | undefined;
};

/** One run of a module's function. */
export type FunctionRun = {
  /** Undefined where the manifest names none, which rejects. */
  readonly functionKey: string | undefined;
  readonly moduleType: string;
  readonly moduleKey: string;
  readonly accountId: string | null;
  readonly body: unknown;
  /** A resolver has a time limit of its own; `function` unless given. */
  readonly role?: 'resolver' | 'function';
};

/** Runs a function as one invocation. Rejects with ForgeInvocationError when it throws or times out. */
export async function runFunction(runs: FunctionRuns, run: FunctionRun): Promise<unknown> {
  const { manifest, functions, invocations, limitMs } = runs;
  const { functionKey, moduleType, moduleKey, accountId, body, role = 'function' } = run;
  if (functionKey === undefined) throw new Error(`The module ${moduleKey} names no function in manifest.yml`);
  const declared = functionOf(manifest, functionKey);
  const invocation: Invocation = { id: randomUUID(), functionKey, moduleType, moduleKey, accountId };
  const token = randomUUID();
  invocations.set(token, invocation);
  try {
    return await functions.run({
      requestId: invocation.id,
      token,
      functionKey,
      handler: declared.handler,
      body,
      backendContext: backendContextOf(invocation),
      facts: runtimeFacts(manifest, invocation),
      limitMs: limitMs ?? timeLimitMs(role === 'resolver' ? 'resolver' : moduleType, declared.timeoutSeconds),
    });
  } finally {
    // From here on, what the function still does is refused: Forge freezes it.
    invocations.delete(token);
  }
}
