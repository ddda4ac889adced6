import type { Result } from './result';
import type { Problem } from './problem';
import type { Segment, WriteKind } from './segments';

/** The action modules of manifest.yml, by key. */
export const ACTIONS = ['move-reporter', 'remove-reporter', 'add-reporter', 'get-reporter-segments'] as const;
/** One of {@link ACTIONS}. */
export type ActionKey = (typeof ACTIONS)[number];

/** Stands for "wherever they are" in place of a source segment: right only while they are in exactly one. */
export const ANY_SOURCE = 'any';

/**
 * A rule's inputs, as the rule keeps them and as an action receives them. Segments are ids with their sign (`#19`);
 * an agent may also give an id alone, or an exact name. Which of them an action has stands in manifest.yml.
 */
export type ActionInputs = {
  /** Usually the smart value `{{issue.key}}`. */
  readonly issueKey: string;
  /** A segment, or {@link ANY_SOURCE}. */
  readonly source?: string;
  readonly target?: string;
};

/** What the configuration form needs. */
export type ActionFormView = {
  /** Every segment of the initiative, in Shorter Loop's order. */
  readonly segments: readonly Segment[];
  /** What stands in the way of each kind of write, for every rule; null where nothing does. */
  readonly refusals: Readonly<Record<WriteKind, Problem | null>>;
};

/** Every function that the configuration form of an action can invoke. It answers those who may write rules. */
export type ActionFormDefinitions = {
  'action.load': () => Result<ActionFormView>;
};
