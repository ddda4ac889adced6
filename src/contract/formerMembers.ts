import type { KeyPath } from './profile';

/**
 * What the field of a member's record is called that says whether they have left, in words, by what it says: yes or no,
 * when it was, a word for it, or the contrary.
 */
const GONE_NAMES = {
  deleted: /^(?:is |has |was )?(?:deleted|removed|left)$/,
  deletedAt: /^(?:deleted|removed|left) (?:at|on|date|time)$/,
  status: /^(?:member(?:ship)? )?(?:status|state)$/,
  active: /^(?:is )?active$/,
} as const;
/** How a field says whether a member has left. */
export type GoneMark = keyof typeof GONE_NAMES;
/** Every way, the surest first. */
export const GONE_MARKS: readonly GoneMark[] = ['deleted', 'deletedAt', 'status', 'active'];

/** How the field at a place says whether a member has left, by its name alone; null where it is not so called. */
export function goneMarkOf(at: KeyPath): GoneMark | null {
  const words = wordsOf(at);
  return GONE_MARKS.find((mark) => GONE_NAMES[mark].test(words)) ?? null;
}

/** The last key of a path as words in lower case: `user_firstName` becomes `user first name`. */
export function wordsOf(at: KeyPath): string {
  return (at.at(-1) ?? '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z\d]+/g, ' ')
    .trim()
    .toLowerCase();
}
