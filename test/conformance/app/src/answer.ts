/** What a platform answered to one case, as it goes over the web trigger: plain JSON. */
export type Answer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly status?: number; readonly code?: string; readonly message: string }
  /** What the case waits for has not happened: an event that was not sent, a page that nobody opened. */
  | { readonly kind: 'notSeen' };

/** Thrown by a case whose observation is not there yet. */
export class NotSeen extends Error {}

/** Asks, and answers what came of it. Only what an app can tell of a refusal is kept: status, code and text. */
export async function answerOf(ask: () => Promise<unknown>): Promise<Answer> {
  try {
    return { kind: 'value', value: (await ask()) ?? null };
  } catch (error) {
    return error instanceof NotSeen ? { kind: 'notSeen' } : refusalOf(error);
  }
}

function refusalOf(error: unknown): Answer {
  if (!(error instanceof Error)) return { kind: 'refused', message: String(error) };
  const code: unknown = Reflect.get(error, 'code') ?? Reflect.get(error, 'errorCode');
  const details: unknown = Reflect.get(error, 'responseDetails') ?? error;
  const status: unknown = typeof details === 'object' && details !== null ? Reflect.get(details, 'status') : undefined;
  return {
    kind: 'refused',
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    message: error.message,
  };
}

/** The names of an object's properties, in alphabetical order; empty for anything else. */
export function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value).sort() : [];
}
