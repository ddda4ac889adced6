/** What a key does while a reporter is being reviewed. */
export type ReviewAct = 'next' | 'link' | 'skip' | 'notAPerson';

const ACTS: Readonly<Record<string, ReviewAct>> = { n: 'next', l: 'link', s: 'skip', p: 'notAPerson' };

/** A key as the browser tells it, with where it was pressed. */
export type PressedKey = {
  readonly key: string;
  readonly isModified: boolean;
  readonly isRepeated: boolean;
  /** Whether it types a letter there. */
  readonly isTyping: boolean;
};

/** What a key means, null for nothing: a letter that is typed, a shortcut of the browser, a key held down. */
export function actOf({ key, isModified, isRepeated, isTyping }: PressedKey): ReviewAct | null {
  if (isModified || isRepeated || isTyping) return null;
  return ACTS[key.toLowerCase()] ?? null;
}
