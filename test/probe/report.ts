import type { Difference } from '../contract/openapi';
import type { Counts } from './counts';
import type { Written } from './putBack';

/** One request of the probe, and how its answer compares with the contract. Nothing in it is personal. */
export type Asked = {
  readonly operationId: string;
  /** Method and path. */
  readonly request: string;
  /** Null when there was no answer. */
  readonly status: number | null;
  readonly tookMs: number;
  readonly counts: Counts;
  /** What stood in the way, or empty. */
  readonly failure: string;
  readonly differences: readonly Difference[];
  /** The form of what came instead, without a value; null where it agrees, or was no JSON. */
  readonly came: string | null;
  /** Headers that hint at limits, by name. */
  readonly limits: Readonly<Record<string, string>>;
};

/** What the probe found: every request, and what became of the write. */
export type ProbeReport = {
  readonly asked: readonly Asked[];
  /** Where the lists stand, in sentences: what a check would learn of the site's profile first. */
  readonly learned: readonly string[];
  readonly written: Written;
  readonly agrees: boolean;
};

/** Whether a request was answered as the contract says. */
export function agrees({ failure, differences }: Asked): boolean {
  return failure === '' && differences.length === 0;
}

/** What came back for one request, as lines to print. */
export function linesOfAsked(asked: Asked): string[] {
  const { request, status, tookMs, counts, failure, differences, came, limits } = asked;
  const back = [
    status === null ? '' : `status ${status}`,
    ...Object.entries(counts).map(([what, many]) => `${what} ${many}`),
    `${tookMs} ms`,
    failure,
  ];
  return [
    `${agrees(asked) ? 'agrees ' : 'DIFFERS'} ${request}: ${back.filter((part) => part !== '').join(', ')}`,
    ...differences.map(({ at, expected }) => `        at ${at}: ${expected}`),
    ...(came === null ? [] : [`        came: ${came}`]),
    ...Object.entries(limits).map(([name, value]) => `        ${name}: ${value}`),
  ];
}

/** The end of the report, as lines to print. */
export function linesOfEnd({ asked, learned, written, agrees: isAgreed }: ProbeReport): string[] {
  const isOneMissing = !asked.some(({ operationId }) => operationId === 'segmentWithMembers');
  return [
    ...(isOneMissing ? ['One segment could not be asked for: the list names none.'] : []),
    ...learned,
    ...(written.kind === 'notAsked' ? [] : [written.says]),
    isAgreed
      ? 'The account answers as docs/shorterloop.openapi.yaml assumes.'
      : 'Not everything was answered as docs/shorterloop.openapi.yaml assumes: see DIFFERS above.',
  ];
}

/** The exit code: 0 it agrees, and the write did what it should; 1 it differs; 2 it could not be asked. */
export function exitCodeOf({ asked, written, agrees: isAgreed }: ProbeReport): 0 | 1 | 2 {
  if (asked.every(({ status }) => status === null)) return 2;
  if (!isAgreed) return 1;
  switch (written.kind) {
    case 'notAsked':
    case 'putBack':
      return 0;
    case 'refused':
      return 2;
    case 'notMoved':
    case 'notPutBack':
      return 1;
  }
}
