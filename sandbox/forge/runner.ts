import { createRequire } from 'node:module';
import { AsyncLocalStorage } from 'node:async_hooks';
import path from 'node:path';
import { inspect } from 'node:util';
import { createForgeFetch, createFunctionFetch } from './functionFetch';
import { post } from './httpTransport';
import { runtimeOf } from './invocation';
import { ENVIRONMENT, type FunctionLog, type ProcessMessage, type RunMessage, type RunResult } from './messages';
import { guardSockets } from './socketGuard';
import type { Transport } from './wire';

// The function process: it stands where Forge's runtime stands around an app's functions. It is
// started by functionProcess.ts and has no other way out than the platform.

type Running = { readonly message: RunMessage; readonly runtime: object };

const bundleDir = process.env[ENVIRONMENT.bundleDir] ?? '';
const platformPort = Number(process.env[ENVIRONMENT.platformPort]);
const running = new AsyncLocalStorage<Running>();

const transport: Transport = (meta, target, { signal, ...init }) => {
  const current = running.getStore();
  if (current === undefined) return Promise.reject(new Error('A platform call outside an invocation'));
  return post(platformPort, { token: current.message.token, meta, path: target, init }, signal);
};

function tell(message: ProcessMessage): void {
  process.send?.(message);
}

/** Puts Forge's globals in place. Must run before the bundle is loaded: @forge/api keeps the `fetch` it finds. */
function installGlobals(): void {
  Object.defineProperty(globalThis, '__forge_runtime__', { get: () => running.getStore()?.runtime });
  Object.defineProperty(globalThis, '__forge_fetch__', { value: createForgeFetch(transport) });
  globalThis.fetch = createFunctionFetch(transport);
  const levels: FunctionLog['level'][] = ['log', 'info', 'warn', 'error', 'debug'];
  for (const level of levels) {
    console[level] = (...values: unknown[]) => {
      const message = running.getStore()?.message;
      const text = values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
      const functionKey = message === undefined ? null : message.functionKey;
      tell({ kind: 'log', log: { level, invocationId: message?.requestId ?? null, functionKey, message: text } });
    };
  }
}

const load: (file: string) => unknown = createRequire(__filename);

async function run(message: RunMessage): Promise<RunResult> {
  const [file = '', name = ''] = message.handler.split('.');
  try {
    // A cold start loads the bundle outside of any invocation, as Forge does.
    const bundle = load(path.join(bundleDir, `${file}.cjs`));
    const handler: unknown = typeof bundle === 'object' && bundle !== null ? Reflect.get(bundle, name) : undefined;
    if (typeof handler !== 'function') throw new Error(`${message.handler} is not an exported function`);
    const runtime = runtimeOf(message.facts, bundleDir, Date.now() + message.limitMs);
    const value: unknown = await running.run({ message, runtime }, (): unknown =>
      Reflect.apply(handler, undefined, [message.body, message.backendContext]),
    );
    return { kind: 'returned', value };
  } catch (error) {
    if (error instanceof Error)
      return { kind: 'threw', errorType: error.name, message: error.message, stack: error.stack ?? '' };
    return { kind: 'threw', errorType: 'Error', message: String(error), stack: '' };
  }
}

installGlobals();
guardSockets(platformPort);
process.on('message', (message: RunMessage) => {
  void run(message).then((result) => tell({ kind: 'done', requestId: message.requestId, result }));
});
// Whoever started this is gone: a function that still waits for something would keep it alive.
process.on('disconnect', () => process.exit());
tell({ kind: 'ready' });
