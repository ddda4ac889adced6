import { GONE_MARKS, goneMarkOf, wordsOf, type GoneMark, type KeyPath } from '../../contract';
import { idOf, valueAt } from './at';
import type { SegmentSample } from './learnMemberId';
import { fieldsOf, someRecordsOf, type Field } from './structure';

/** What a field's values say, by how it says whether a member has left. */
type Mark = { readonly isGone: (value: unknown) => boolean; readonly isKnown: IsKnown };
type IsKnown = (value: unknown) => boolean;

const isYes = (value: unknown): boolean => value === true || value === 1 || value === '1' || value === 'true';
const isNo = (value: unknown): boolean => value === false || value === 0 || value === '0' || value === 'false';
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';
const isWord = (value: unknown, words: RegExp): boolean => typeof value === 'string' && words.test(value);

const MARKS: Readonly<Record<GoneMark, Mark>> = {
  deleted: { isGone: isYes, isKnown: (value) => isYes(value) || isNo(value) || isNothing(value) },
  deletedAt: {
    isGone: (value) => !isNothing(value) && !isNo(value),
    isKnown: (value) => isNothing(value) || isNo(value) || typeof value === 'number' || isWord(value, /^\d{4}-\d\d/),
  },
  status: {
    isGone: (value) => isWord(value, /^(?:deleted|removed|left|former)$/i),
    isKnown: (value) => isNothing(value) || isWord(value, /^[a-z _-]+$/i),
  },
  active: { isGone: isNo, isKnown: (value) => isYes(value) || isNo(value) },
};
/** Of whom a member's record may tell within itself; everything else there is somebody's or something's own. */
const OWN = /^(?:user|member|membership|attributes?|pivot|node)$/;

/** Whether a member's record says that they have left, where their place says it. */
export function isGone(record: unknown, at: KeyPath): boolean {
  const mark = goneMarkOf(at);
  return mark !== null && MARKS[mark].isGone(valueAt(record, at));
}

/**
 * Where members' records say that somebody has left: some servers keep those in their lists. Null where they do not.
 * What is only called active may be said of the account: it is the membership's where nobody is inactive, so that
 * nothing is lost by it, or where somebody is so in one segment and not in another.
 */
export function learnGone(segments: readonly SegmentSample[], memberId: KeyPath): KeyPath | null {
  const fields = fieldsOf(someRecordsOf(segments.flatMap(({ members }) => members)), 2);
  const found = GONE_MARKS.flatMap((mark) => fields.filter(({ at }) => ownMarkOf(at) === mark)).find((field) =>
    isMark(field, segments, memberId),
  );
  return found?.at ?? null;
}

function isMark({ at, values }: Field, segments: readonly SegmentSample[], memberId: KeyPath): boolean {
  const mark = ownMarkOf(at);
  if (mark === null || !values.every(MARKS[mark].isKnown)) return false;
  const gone = values.filter(MARKS[mark].isGone).length;
  if (gone === values.length) return false;
  return mark !== 'active' || (gone === 0 && at.length === 1) || differsBySegment(segments, memberId, at);
}

/** How a field says it that is the member's own. */
function ownMarkOf(at: KeyPath): GoneMark | null {
  return at.slice(0, -1).every((key) => OWN.test(wordsOf([key]))) ? goneMarkOf(at) : null;
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
