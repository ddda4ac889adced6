import { z } from 'zod';
import { isIssueIdOrKey, markedId, plainName, withHyphens, type UnknownChoice } from '../../contract';

const MAX_CHARACTERS = 255;
/** What can't be seen is copied along from pages, and is no part of a key, nor a name by itself. */
const text = z.string().transform(plainName).pipe(z.string().min(1).max(MAX_CHARACTERS));
/** Tools send ids as numbers; one that is not a whole safe number has been rounded on the way, and is another id. */
const wholeNumber = z.int().nonnegative();

/**
 * A work item by its key or id, as a text or a number. What can be neither is not looked up: “not found” would send
 * whoever wrote it after permissions.
 */
export const issueInput = z.preprocess(
  (value) => (typeof value === 'number' && wholeNumber.safeParse(value).success ? String(value) : value),
  text.transform(withHyphens).refine(isIssueIdOrKey),
);

/** A segment as a text; a number is its id, and never a name. */
export const segmentInput = z.preprocess(
  (value) => (typeof value === 'number' && wholeNumber.safeParse(value).success ? markedId(value) : value),
  text,
);

/** What to do where nobody is known: one of the choices, and failing where a rule says nothing of it. */
export function unknownInput<const T extends UnknownChoice>(choices: readonly T[]): z.ZodType<T | 'fail'> {
  return z.preprocess(
    (value) => (value === undefined || value === null || value === '' ? 'fail' : value),
    z.enum(['fail', ...choices]),
  );
}
