import type { BackendContext, RuntimeFacts } from './invocation';
import type { PlatformInit, PlatformMeta } from './wire';

/** From the host to the function process. */
export type RunMessage = {
  readonly requestId: string;
  /** Opens the platform's entry point to this invocation, until it ends. */
  readonly token: string;
  /** File and export: `index.panelResolver`. */
  readonly handler: string;
  readonly functionKey: string;
  readonly body: unknown;
  readonly backendContext: BackendContext;
  readonly facts: RuntimeFacts;
  readonly limitMs: number;
};

/** A line that a function wrote with `console`; the invocation is null for code outside one. */
export type FunctionLog = {
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug';
  readonly invocationId: string | null;
  readonly functionKey: string | null;
  readonly message: string;
};

/** What became of an invocation. */
export type RunResult =
  | { readonly kind: 'returned'; readonly value?: unknown }
  | { readonly kind: 'threw'; readonly errorType: string; readonly message: string; readonly stack: string };

/** From the function process to the host. */
export type ProcessMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'log'; readonly log: FunctionLog }
  | { readonly kind: 'done'; readonly requestId: string; readonly result: RunResult };

/** A platform request as the function process posts it. */
export type PostedRequest = {
  readonly token: string;
  readonly meta: PlatformMeta;
  readonly path: string;
  readonly init: Omit<PlatformInit, 'signal'>;
};

/** Where the function process finds its bundle and the platform. */
export const ENVIRONMENT = {
  bundleDir: 'FORGE_SANDBOX_BUNDLE_DIR',
  platformPort: 'FORGE_SANDBOX_PLATFORM_PORT',
} as const;
