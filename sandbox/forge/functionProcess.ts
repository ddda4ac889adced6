import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createPlaceReader } from './sourceMaps';
import { ENVIRONMENT, type FunctionLog, type ProcessMessage, type RunMessage, type RunResult } from './messages';

/** An invocation that did not return: what Forge reports as its type and text. */
export class ForgeInvocationError extends Error {
  override readonly name = 'ForgeInvocationError';
  constructor(
    /** The thrown error's name, or FUNCTION_TIME_OUT, FUNCTION_CRASH, PAYLOAD_TOO_LARGE. */
    readonly errorType: string,
    message: string,
    /** The function's own stack, through source maps; empty when it threw nothing. */
    readonly functionStack = '',
  ) {
    super(message);
  }
}

/** The process in which functions run. It starts when needed, and again after a crash. */
export type FunctionProcess = {
  /** Runs one function; rejects with ForgeInvocationError when it throws, times out or its process ends. */
  readonly run: (message: RunMessage) => Promise<unknown>;
  /** Starts the process if none runs, and resolves when it takes invocations. */
  readonly start: () => Promise<void>;
  /** Kills the process; what runs fails with FUNCTION_CRASH. Resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Kills the process for good: what is invoked from here on fails with FUNCTION_CRASH, and starts none. */
  readonly end: () => Promise<void>;
};

type Pending = { readonly settle: (result: RunResult) => void; readonly fail: (error: ForgeInvocationError) => void };
type Started = { readonly child: ChildProcess; readonly ready: Promise<void>; readonly pending: Map<string, Pending> };

type ProcessOptions = {
  readonly runner: string;
  readonly bundleDir: string;
  readonly platformPort: number;
  readonly onLog: (log: FunctionLog) => void;
};

type ProcessState = {
  readonly options: ProcessOptions;
  /** Reads a source map once, whatever processes come and go. */
  readonly inSources: (text: string) => string;
  started: Started | null;
  isOver: boolean;
  /** The ends of the processes that were killed. */
  readonly dying: Set<Promise<unknown>>;
};

/** Makes the function process for a bundle. Nothing of this process's environment is passed on. */
export function createFunctionProcess(options: ProcessOptions): FunctionProcess {
  const inSources = createPlaceReader(options.bundleDir);
  const state: ProcessState = { options, inSources, started: null, isOver: false, dying: new Set() };
  const current = (): Started => (state.started ??= begin(state));
  return {
    start: () => current().ready,
    run: (message) => (state.isOver ? Promise.reject(isOverError()) : runIn(current(), message)),
    kill: () => kill(state),
    end: () => {
      state.isOver = true;
      return kill(state);
    },
  };
}

function isOverError(): ForgeInvocationError {
  return new ForgeInvocationError('FUNCTION_CRASH', 'The sandbox has stopped');
}

function begin(state: ProcessState): Started {
  const { inSources } = state;
  const { runner, bundleDir, platformPort, onLog } = state.options;
  const child = fork(runner, [], {
    env: { [ENVIRONMENT.bundleDir]: bundleDir, [ENVIRONMENT.platformPort]: String(platformPort) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const pending = new Map<string, Pending>();
  let reportReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    reportReady = resolve;
  });
  child.on('message', (message: ProcessMessage) => {
    switch (message.kind) {
      case 'ready':
        return reportReady();
      case 'log':
        return onLog({ ...message.log, message: inSources(message.log.message) });
      case 'done':
        return pending.get(message.requestId)?.settle(inSourcesOf(message.result, inSources));
    }
  });
  child.on('exit', (code, signal) => {
    if (state.started?.child === child) state.started = null;
    reportReady();
    const error = new ForgeInvocationError(
      'FUNCTION_CRASH',
      `The function process ended (${signal ?? `exit code ${String(code)}`})`,
    );
    for (const { fail } of pending.values()) fail(error);
  });
  return { child, ready, pending };
}

/** A result whose stack names the places of the source files. */
function inSourcesOf(result: RunResult, inSources: (text: string) => string): RunResult {
  return result.kind === 'threw' ? { ...result, stack: inSources(result.stack) } : result;
}

function runIn({ child, pending }: Started, message: RunMessage): Promise<unknown> {
  return new Promise<unknown>((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      pending.delete(message.requestId);
    };
    const fail = (error: ForgeInvocationError): void => {
      end();
      reject(error);
    };
    const timer = setTimeout(() => {
      const text = `Function timed out after ${message.limitMs / 1_000} seconds`;
      fail(new ForgeInvocationError('FUNCTION_TIME_OUT', text));
    }, message.limitMs);
    pending.set(message.requestId, {
      fail,
      settle: (result) => {
        if (result.kind === 'threw')
          return fail(new ForgeInvocationError(result.errorType, result.message, result.stack));
        end();
        resolve(result.value);
      },
    });
    child.send(message, (error) => {
      if (error === null) return;
      const text = `The function process takes no invocations: ${error.message}`;
      fail(new ForgeInvocationError('FUNCTION_CRASH', text));
    });
  });
}

async function kill(state: ProcessState): Promise<void> {
  const running = state.started;
  // What is invoked from here on must not reach the process that is dying.
  state.started = null;
  if (running !== null) {
    const gone = once(running.child, 'exit');
    state.dying.add(gone);
    void gone.then(() => state.dying.delete(gone));
    running.child.kill('SIGKILL');
  }
  await Promise.all(state.dying);
}
