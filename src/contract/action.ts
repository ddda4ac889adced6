import type { Result } from './result';
import type { Problem } from './problem';
import type { Segment, WriteKind } from './segments';

/** The action modules of manifest.yml, by key. */
export const ACTIONS = ['move-reporter', 'remove-reporter', 'add-reporter', 'get-reporter-segments'] as const;
/** One of {@link ACTIONS}. */
export type ActionKey = (typeof ACTIONS)[number];

/**
 * What a rule does about a reporter who is no known member: it fails, it goes on without a change, or it adds them to
 * Shorter Loop, in the segment that it names as its target.
 */
export const UNKNOWN_CHOICES = ['fail', 'skip', 'add'] as const;
/** One of {@link UNKNOWN_CHOICES}. */
export type UnknownChoice = (typeof UNKNOWN_CHOICES)[number];
/** What is offered where there is no target to add anybody to. */
export const REMOVAL_UNKNOWN_CHOICES = ['fail', 'skip'] as const satisfies readonly UnknownChoice[];

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
  /** What to do where the reporter is no known member; left out it fails. */
  readonly ifUnknown?: UnknownChoice;
};

/** What the configuration form needs. */
export type ActionFormView = {
  /** Every segment of the initiative, in Shorter Loop's order. */
  readonly segments: readonly Segment[];
  /** What stands in the way of each kind of write, for every rule; null where nothing does. */
  readonly refusals: Readonly<Record<WriteKind, Problem | null>>;
  /** What stands in the way of adding whom nobody knows; null where nothing does. */
  readonly inviteRefusal: Problem | null;
};

/** Every function that the configuration form of an action can invoke. It answers those who may write rules. */
export type ActionFormDefinitions = {
  'action.load': () => Result<ActionFormView>;
};
