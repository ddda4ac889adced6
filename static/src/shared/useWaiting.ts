import { useEffect, useRef, useState } from 'react';
import { useCountdown } from './useCountdown';
import { MAX_WAITS } from './waits';

/** A wait that is under way, with the seconds left; or none. */
export type Waiting = { readonly secondsLeft: number; readonly stop: () => void } | null;

/**
 * Waits and then asks again by itself, a few times in a row at most. Each new `cause` is a new answer
 * that asks for a wait; the user may stop it.
 * @param waitMs null when there is nothing to wait for
 */
export function useWaiting(cause: object, waitMs: number | null, isBusy: boolean, askAgain: () => void): Waiting {
  const [waits, setWaits] = useState(() => ({ count: 1, last: cause }));
  const [stopped, setStopped] = useState<object | null>(null);
  if (waitMs !== null && waits.last !== cause) setWaits({ count: waits.count + 1, last: cause });
  const isWaiting = waitMs !== null && stopped !== cause && waits.count <= MAX_WAITS;
  const secondsLeft = useCountdown(waitMs ?? 0, cause);
  const asked = useRef<object | null>(null);
  useEffect(() => {
    if (!isWaiting || isBusy || secondsLeft > 0 || asked.current === cause) return;
    asked.current = cause;
    askAgain();
  });
  return isWaiting ? { secondsLeft, stop: () => setStopped(cause) } : null;
}
