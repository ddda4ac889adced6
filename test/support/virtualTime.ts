import { setImmediate as held } from 'node:timers/promises';
import FakeTimers from '@sinonjs/fake-timers';

/** Time that stands still until nothing else is left to do, and then jumps to the next timer. */
export type VirtualTime = {
  /** Runs until a promise has settled, letting time pass. Throws when it can't settle any more. */
  readonly until: <T>(work: Promise<T>) => Promise<T>;
  /** Lets so many milliseconds pass, with everything that falls due in them. */
  readonly pass: (ms: number) => Promise<void>;
  /** Gives the real clock back. */
  readonly stop: () => void;
};

/** What is asked to go on before time may pass: true when it did something. */
export type StepFirst = () => boolean;

/** How many leases of the event loop a promise chain without timers may take between two steps. */
const TURNS = 4;

/**
 * Puts virtual time behind `Date`, `setTimeout` and `clearTimeout`, so that waits of minutes take no
 * time and happen in a known order.
 * @param stepFirst asked whenever everything waits; time passes only when it has nothing to do
 */
export function startVirtualTime(stepFirst: StepFirst = () => false): VirtualTime {
  const clock = FakeTimers.withGlobal(globalThis).install({
    now: Date.UTC(2026, 0, 5, 9),
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
  });
  const settle = async (): Promise<void> => {
    for (let done = 0; done < TURNS; done += 1) await held();
  };
  const advance = (): void => {
    if (stepFirst()) return;
    if (clock.countTimers() === 0) throw new Error('Everything waits for something that never happens');
    clock.next();
  };
  return {
    until: async (work) => {
      const state = watch(work);
      for (await settle(); !state.isSettled; await settle()) advance();
      return work;
    },
    pass: async (ms) => {
      const state = watch(new Promise((resolve) => setTimeout(resolve, ms)));
      for (await settle(); !state.isSettled; await settle()) advance();
    },
    stop: () => clock.uninstall(),
  };
}

function watch(work: Promise<unknown>): { readonly isSettled: boolean } {
  const state = { isSettled: false };
  const mark = (): void => {
    state.isSettled = true;
  };
  work.then(mark, mark);
  return state;
}
