import type { StatusTone } from './tone';

/** A short status beside a line of text. */
export function Status({ tone, text }: { readonly tone: StatusTone; readonly text: string }) {
  return <span className={`status status-${tone}`}>{text}</span>;
}
