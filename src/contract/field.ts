import type { Segment } from './segments';

/** The most values that Jira keeps in a field that is a list (documented). */
export const MAX_FIELD_SEGMENTS = 100;

/** Whether work items show their reporter's segments in a field of their own, and which segments. */
export type FieldSettings = { readonly isOn: boolean; readonly segmentIds: readonly number[] };

/**
 * How far the field has come. `absent`: Jira knows no such field, so that nothing can be filled. `resting`: the hour's
 * share of Jira's points is used up. `people`: for so many reporters it is still to be filled; at most
 * {@link MOST_DUE_COUNTED} are counted. Times are milliseconds since the epoch.
 */
export type FieldProgress =
  | { readonly kind: 'off' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'filling'; readonly people: number }
  | { readonly kind: 'resting'; readonly people: number; readonly untilMs: number }
  | { readonly kind: 'done'; readonly atMs: number | null };

/** So many reporters whose work items are still to be filled are counted. */
export const MOST_DUE_COUNTED = 1_000;

/** What the page shows of the field; the segments are those to choose from, under their labels. */
export type FieldView = {
  readonly settings: FieldSettings;
  readonly segments: readonly Segment[];
  readonly progress: FieldProgress;
};
