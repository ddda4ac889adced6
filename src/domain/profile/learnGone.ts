import type { KeyPath } from '../../contract';
import { idOf, valueAt } from './at';
import type { SegmentSample } from './learnMemberId';
import { fieldsOf, someRecordsOf, wordsOf, type Field } from './structure';

/** What a record says of whether its member has left, judged by the name of the field in which it says it. */
type Mark = { readonly name: RegExp; readonly isGone: (value: unknown) => boolean; readonly isKnown: IsKnown };
type IsKnown = (value: unknown) => boolean;

const isYes = (value: unknown): boolean => value === true || value === 1 || value === '1' || value === 'true';
const isNo = (value: unknown): boolean => value === false || value === 0 || value === '0' || value === 'false';
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';
const isWord = (value: unknown, words: RegExp): boolean => typeof value === 'string' && words.test(value);

const DELETED: Mark = {
  name: /^(?:is |has |was )?(?:deleted|removed|left)$/,
  isGone: isYes,
  isKnown: (value) => isYes(value) || isNo(value) || isNothing(value),
};
const DELETED_AT: Mark = {
  name: /^(?:deleted|removed|left) (?:at|on|date|time)$/,
  isGone: (value) => !isNothing(value) && !isNo(value),
  isKnown: (value) => isNothing(value) || isNo(value) || typeof value === 'number' || isWord(value, /^\d{4}-\d\d/),
};
const STATUS: Mark = {
  name: /^(?:member(?:ship)? )?(?:status|state)$/,
  isGone: (value) => isWord(value, /^(?:deleted|removed|left|former)$/i),
  isKnown: (value) => isNothing(value) || isWord(value, /^[a-z _-]+$/i),
};
const ACTIVE: Mark = {
  name: /^(?:is )?active$/,
  isGone: isNo,
  isKnown: (value) => isYes(value) || isNo(value),
};
const MARKS: readonly Mark[] = [DELETED, DELETED_AT, STATUS, ACTIVE];
/** Of whom a member's record may tell within itself; everything else there is somebody's or something's own. */
const OWN = /^(?:user|member|membership|attributes?|pivot|node)$/;

/** Whether a member's record says that they have left, where their place says it. */
export function isGone(record: unknown, at: KeyPath): boolean {
  return markOf(at)?.isGone(valueAt(record, at)) ?? false;
}

/**
 * Where members' records say that somebody has left: some servers keep those in their lists. Null where they do not.
 * What is only called active may be said of the account: it is the membership's where nobody is inactive, so that
 * nothing is lost by it, or where somebody is so in one segment and not in another.
 */
export function learnGone(segments: readonly SegmentSample[], memberId: KeyPath): KeyPath | null {
  const fields = fieldsOf(someRecordsOf(segments.flatMap(({ members }) => members)), 2);
  const found = MARKS.flatMap((mark) => fields.filter(({ at }) => markOf(at) === mark)).find((field) =>
    isMark(field, segments, memberId),
  );
  return found?.at ?? null;
}

function isMark({ at, values }: Field, segments: readonly SegmentSample[], memberId: KeyPath): boolean {
  const mark = markOf(at);
  if (mark === undefined || !values.every(mark.isKnown)) return false;
  const gone = values.filter(mark.isGone).length;
  if (gone === values.length) return false;
  return mark !== ACTIVE || (gone === 0 && at.length === 1) || differsBySegment(segments, memberId, at);
}

function markOf(at: KeyPath): Mark | undefined {
  const words = wordsOf(at);
  return at.slice(0, -1).every((key) => OWN.test(wordsOf([key])))
    ? MARKS.find(({ name }) => name.test(words))
    : undefined;
}

function differsBySegment(segments: readonly SegmentSample[], memberId: KeyPath, at: KeyPath): boolean {
  const seen = new Map<number, boolean>();
  return segments.some(({ members }) =>
    members.some((record) => {
      const id = idOf(valueAt(record, memberId));
      if (id === null) return false;
      const here = isGone(record, at);
      const before = seen.get(id);
      seen.set(id, here);
      return before !== undefined && before !== here;
    }),
  );
}
