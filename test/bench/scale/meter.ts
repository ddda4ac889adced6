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

/** Counts every call of the app's functions to Forge, by the minute of the clock in which it is made. */
export function createMeter() {
  const minutes = new Map<number, Minute>();
  const seconds = new Map<number, number>();
  const fetches = new Map<string, number>();
  const lives = new Map<string, { readonly fromMs: number; untilMs: number }>();
  const totals = { storage: 0, fetches: 0, questions: 0, events: 0 };
  const startMs = Date.now();

  const intercept: Interceptor = async (call, proceed, { body }) => {
    const nowMs = Date.now();
    const minute = minuteOf(minutes, Math.floor((nowMs - startMs) / MINUTE_MS));
    const life = lives.get(call.invocationId) ?? { fromMs: nowMs, untilMs: nowMs };
    life.untilMs = nowMs;
    lives.set(call.invocationId, life);
    switch (call.kind) {
      case 'egress': {
        const key = `${call.invocationId} ${String(Math.floor((nowMs - life.fromMs) / MINUTE_MS))}`;
        fetches.set(key, (fetches.get(key) ?? 0) + 1);
        totals.fetches += 1;
        return undefined;
      }
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
          minute.readUnits += unitsOf(bodyText(answer));
          return answer;
        }
        // A transaction costs twice what its rows would cost without it.
        minute.writeUnits += unitsOf(body ?? '') * (call.path.endsWith('/transaction') ? 2 : 1);
        return undefined;
      }
      case 'jira':
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
