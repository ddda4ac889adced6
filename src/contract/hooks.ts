/** What a caller from outside may ask for. */
export const HOOK_ACTS = ['move', 'remove', 'add', 'get'] as const;
/** One of {@link HOOK_ACTS}. */
export type HookAct = (typeof HOOK_ACTS)[number];

/** A caller from outside as the admin page may see it: never with its secret. Times are milliseconds since the epoch. */
export type HookView = {
  readonly id: string;
  readonly name: string;
  readonly acts: readonly HookAct[];
  readonly createdAtMs: number;
  readonly createdByAccountId: string;
  /** To the minute or so; null before the first call. */
  readonly lastUsedAtMs: number | null;
};

/** Every caller, and the address that all of them call. */
export type HooksView = { readonly url: string; readonly hooks: readonly HookView[] };

/** A new caller: 1 to 60 characters, at least one act. */
export type CreateHookInput = { readonly name: string; readonly acts: readonly HookAct[] };

/** The new caller's secret, told this once. It is sent as `X-Segments-Key: <id>.<secret>`. */
export type CreatedHook = { readonly view: HooksView; readonly id: string; readonly secret: string };
