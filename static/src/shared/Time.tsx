import { texts } from '../texts';
import { timeText } from './timeText';

const exact = new Intl.DateTimeFormat(texts.locale, { dateStyle: 'medium', timeStyle: 'short' });

/** A time in words, see {@link timeText}, with the exact one on hover. */
export function Time({ atMs }: { readonly atMs: number }) {
  return (
    <time dateTime={new Date(atMs).toISOString()} title={exact.format(atMs)}>
      {timeText(atMs, Date.now())}
    </time>
  );
}
