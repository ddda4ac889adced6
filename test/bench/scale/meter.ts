import type { Interceptor, PlatformCall } from '../../../sandbox/forge/platform';
import { bodyText } from '../../../sandbox/forge/wire';

/** What Forge counts of one minute. */
type Minute = { writeUnits: number; readUnits: number; events: number };

/** What Forge allows, see docs/scale.md. */
const LIMITS = {
  writeUnits: 4_000,
  readUnits: 4_000,
  fetchesOfAnInvocation: 100,
  events: 500,
  storageCallsOfASecond: 1_000,
  invocationMs: 900_000,
} as const;

/** How near a run came to a limit at its busiest moment. */
export type Peaks = Record<keyof typeof LIMITS, number>;

const UNIT_BYTES = 10_240;
const MINUTE_MS = 60_000;

/**
 * Counts every call of the app's functions to Forge, by the minute of the clock in which it is made.
 * @param options.areQuestionsFetches whether a question to Jira counts among an invocation's fetches, too: Forge's page
 *   does not say that it does not
 */
export function createMeter({ areQuestionsFetches = false } = {}) {
  const minutes = new Map<number, Minute>();
  const seconds = new Map<number, number>();
  const fetches = new Map<string, number>();
  const lives = new Map<string, { readonly fromMs: number; untilMs: number }>();
  const totals = { storage: 0, fetches: 0, questions: 0, events: 0, writeUnits: 0, readUnits: 0 };
  const startMs = Date.now();
  let isOff = false;
  const noteFetch = ({ invocationId }: PlatformCall, fromMs: number, nowMs: number): void => {
    const key = `${invocationId} ${String(Math.floor((nowMs - fromMs) / MINUTE_MS))}`;
    fetches.set(key, (fetches.get(key) ?? 0) + 1);
  };

  const intercept: Interceptor = async (call, proceed, { body }) => {
    if (isOff) return undefined;
    const nowMs = Date.now();
    const minute = minuteOf(minutes, Math.floor((nowMs - startMs) / MINUTE_MS));
    const life = lives.get(call.invocationId) ?? { fromMs: nowMs, untilMs: nowMs };
    life.untilMs = nowMs;
    lives.set(call.invocationId, life);
    switch (call.kind) {
      case 'egress':
        noteFetch(call, life.fromMs, nowMs);
        totals.fetches += 1;
        return undefined;
      case 'queue':
        minute.events += 1;
        totals.events += 1;
        return undefined;
      case 'kvs': {
        totals.storage += 1;
        const second = Math.floor(nowMs / 1_000);
        seconds.set(second, (seconds.get(second) ?? 0) + 1);
        if (isRead(call)) {
          const answer = await proceed();
          const units = unitsOf(bodyText(answer));
          minute.readUnits += units;
          totals.readUnits += units;
          return answer;
        }
        // A transaction costs twice what its rows would cost without it.
        const units = unitsOf(body ?? '') * (call.path.endsWith('/transaction') ? 2 : 1);
        minute.writeUnits += units;
        totals.writeUnits += units;
        return undefined;
      }
      case 'jira':
        if (areQuestionsFetches) noteFetch(call, life.fromMs, nowMs);
        totals.questions += 1;
        return undefined;
      default:
        throw new Error(`A bulk run asks ${call.kind} ${call.path} while it runs`);
    }
  };
  const most = (counts: Iterable<number>): number => Math.max(0, ...counts);
  return {
    intercept,
    totals,
    /** Does something that is not counted. */
    without: async (work: () => Promise<unknown>): Promise<void> => {
      isOff = true;
      await work();
      isOff = false;
    },
    /** How long all invocations together lasted, in milliseconds. */
    livedMs: (): number => [...lives.values()].reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0),
    peaks: (): Peaks => ({
      writeUnits: most([...minutes.values()].map(({ writeUnits }) => writeUnits)),
      readUnits: most([...minutes.values()].map(({ readUnits }) => readUnits)),
      events: most([...minutes.values()].map(({ events }) => events)),
      fetchesOfAnInvocation: most(fetches.values()),
      storageCallsOfASecond: most(seconds.values()),
      invocationMs: most([...lives.values()].map(({ fromMs, untilMs }) => untilMs - fromMs)),
    }),
  };
}

/** The limits that a run broke, by name. */
export function brokenBy(peaks: Peaks): string[] {
  return Object.entries(LIMITS).flatMap(([name, limit]) => (peaks[name as keyof Peaks] > limit ? [name] : []));
}

function minuteOf(minutes: Map<number, Minute>, at: number): Minute {
  const found = minutes.get(at) ?? { writeUnits: 0, readUnits: 0, events: 0 };
  minutes.set(at, found);
  return found;
}

function isRead({ path }: PlatformCall): boolean {
  return path.endsWith('/get') || path.endsWith('/query');
}

function unitsOf(text: string): number {
  return Math.max(1, Math.ceil(Buffer.byteLength(text) / UNIT_BYTES));
}
