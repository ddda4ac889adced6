/** What @forge packages pass as the first argument of `__forge_fetch__`: which service, and as whom. */
export type PlatformMeta = {
  readonly type: string;
  readonly provider?: string | undefined;
  readonly remote?: string | undefined;
  readonly accountId?: string | undefined;
  readonly contextAri?: string | undefined;
};

/** A request to the platform. Bodies are text: no API that the sandbox models sends bytes. */
export type PlatformInit = {
  readonly method: string;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal?: AbortSignal | undefined;
};

/**
 * The platform's answer, headers in lower case. What another host sent passes as its bytes; what the sandbox
 * says itself is text.
 */
export type PlatformAnswer = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array<ArrayBuffer>;
};

/** The body of an answer as text, a byte order mark included. */
export function bodyText({ body }: PlatformAnswer): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString();
}

/** One run of one function. */
export type Invocation = {
  readonly id: string;
  readonly functionKey: string;
  readonly moduleType: string;
  readonly moduleKey: string;
  /** The person in front of the screen; null for modules that run without one. */
  readonly accountId: string | null;
};

/** An answer on its way to the function: the body may be on its way. */
export type CarriedAnswer = Omit<PlatformAnswer, 'body'> & {
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
};

/** Carries a request of a function to the platform; rejects when the connection breaks or the signal aborts. */
export type Transport = (meta: PlatformMeta, path: string, init: PlatformInit) => Promise<CarriedAnswer>;

/**
 * The header in which the host sends status and headers of an answer to the function process. The body
 * goes as it is: inside JSON, large answers would cost more than everything else on the way.
 */
export const ANSWER_HEADER = 'x-sandbox-answer';

/** The header in which the platform names its own errors, apart from those of the service behind it. */
export const PROXY_ERROR_HEADER = 'forge-proxy-error';

/** A JSON answer; without a body when there is none to give. */
export function jsonAnswer(status: number, body?: unknown, headers: Record<string, string> = {}): PlatformAnswer {
  if (body === undefined) return { status, headers, body: '' };
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** The loud answer to a request that the sandbox does not model. */
export function notModelled(what: string): PlatformAnswer {
  console.error(`sandbox: not modelled: ${what}`);
  return jsonAnswer(
    501,
    { code: 'NOT_MODELLED', message: `The sandbox does not model ${what}` },
    { [PROXY_ERROR_HEADER]: 'NOT_MODELLED' },
  );
}
