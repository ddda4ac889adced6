import type { Segment } from '../../contract';
import type { QueuedUnknownChoice } from '../../adapters/store';
import { bySource, byText, fixedText, type WriteIntent } from '../../domain/segments';

/** A change as a rule or an API client writes it; segments are ids as text, exact names, or (as a source) "any". */
export type RuleChange = RuleEnds & {
  /** What to do where the reporter is no known member; left out it fails. */
  readonly ifUnknown?: QueuedUnknownChoice | null;
};

type RuleEnds =
  | { readonly kind: 'move'; readonly source: string; readonly target: string }
  | { readonly kind: 'remove'; readonly source: string; readonly target: null }
  | { readonly kind: 'add'; readonly source: null; readonly target: string };

/** What such a change is to do. Only a move may leave its source open. */
export function intentOf(change: RuleChange): WriteIntent {
  switch (change.kind) {
    case 'move':
      return { kind: 'move', from: bySource(change.source), to: byText(change.target) };
    case 'remove':
      return { kind: 'remove', from: byText(change.source) };
    case 'add':
      return { kind: 'add', to: byText(change.target) };
  }
}

/**
 * A change that has to wait, about the segments that it means now: names may be given to others meanwhile. A source
 * that is left open stays so.
 * @param segments every segment, as far as it is known
 */
export function fixedChange(change: RuleChange, segments: readonly Segment[]): RuleChange {
  const source = (text: string): string => (bySource(text).by === 'text' ? fixedText(segments, text) : text);
  switch (change.kind) {
    case 'move':
      return { ...change, source: source(change.source), target: fixedText(segments, change.target) };
    case 'remove':
      return { ...change, source: fixedText(segments, change.source) };
    case 'add':
      return { ...change, target: fixedText(segments, change.target) };
  }
}
