import { exactTimeText, timeText } from './timeText';

/** A time in words, see {@link timeText}, with the exact one on hover. */
export function Time({ atMs }: { readonly atMs: number }) {
  return (
    <time dateTime={new Date(atMs).toISOString()} title={exactTimeText(atMs)}>
      {timeText(atMs, Date.now())}
    </time>
  );
}
