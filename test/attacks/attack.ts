/**
 * Something that an attacker, a colleague or an accident tries. Each makes its own site (test/support/site) and stops
 * it, so that attacks may be played in any order.
 */
export type Attack = {
  /** The finding that it tries to bring back, such as `H1`. */
  readonly finding: string;
  readonly name: string;
  /** How often it is played, where it is a race; once where that is not said. */
  readonly rounds?: number;
  /** Null when the attack failed, or a sentence with what it achieved. */
  readonly play: () => Promise<string | null>;
};
