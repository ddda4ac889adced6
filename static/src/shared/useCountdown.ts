import { useEffect, useState } from 'react';

/**
 * The whole seconds left of a wait; 0 when it is over.
 * @param cause what asked for the wait: another one starts the countdown anew
 */
export function useCountdown(waitMs: number, cause: object): number {
  const [wait, setWait] = useState(() => ({ cause, untilMs: Date.now() + waitMs }));
  const [nowMs, setNowMs] = useState(() => Date.now());
  if (wait.cause !== cause) setWait({ cause, untilMs: Date.now() + waitMs });
  const secondsLeft = Math.max(0, Math.ceil((wait.untilMs - nowMs) / 1_000));
  const isOver = secondsLeft === 0;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setNowMs(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isOver]);
  return secondsLeft;
}
