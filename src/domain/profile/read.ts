import { plainName, type AnswerShape, type KeyPath, type MemberShape } from '../../contract';
import { withoutAddress } from '../people';
import type { Unreadable } from '../segments';
import { idOf, listAt, plainValueAt, valueAt, wholeAt } from './at';
import { isGone } from './learnGone';
import { isRecord } from './structure';

/** In characters: with an ellipsis as many as a rule can name a segment by. */
const MOST_NAME = 254;
/** @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MOST_EMAIL = 320;

/** A member as an answer tells of them. The address stays in this process. */
export type ReadMember = { readonly id: number; readonly email: string | null; readonly name: string | null };

/** A segment as an answer tells of it; `unreadable` where that can't be told in full. */
export type ReadSegment = {
  readonly id: number;
  readonly name: string;
  readonly members: readonly ReadMember[];
  readonly unreadable?: Unreadable;
};

/** What could be read of an answer's records, and how many had to be left out because they have no id. */
export type ReadRecords = { readonly read: readonly ReadSegment[]; readonly leftOut: number };
/** One record, how many of its members had to be left out, and who it says has left. */
type ReadRecord = { readonly record: ReadSegment; readonly leftOut: number; readonly former: readonly number[] };

/**
 * The segments of an answer, one by one: one odd record among many is left out.
 * @returns null where the list is not where it should be, or where none of its records can be read: the answer has
 *   another form than the profile says, and must not pass for an initiative without segments
 */
export function readSegmentRecords(json: unknown, shape: AnswerShape): ReadRecords | null {
  const list = listAt(json, shape.records);
  if (list === null) return null;
  const known = list.map((one) => readSegment(one, shape)).filter((one) => one !== null);
  // One segment may have no name; where none has one, the names stand somewhere else.
  const { name } = shape;
  const isNamed = name === null || known.length === 0 || list.some((one) => isText(plainValueAt(one, name)));
  const leftOut = list.length - known.length + known.reduce((sum, one) => sum + one.leftOut, 0);
  const read = known.map(({ record }) => record);
  const isReadable = read.length === 0 ? leftOut === 0 : read.some(({ unreadable }) => unreadable !== 'segment');
  return isReadable && isNamed ? { read, leftOut } : null;
}

/**
 * The one segment of an answer about this segment.
 * @returns null where there is none, where it can't be read, or where it is another one than was asked for
 */
export function readOneSegment(json: unknown, shape: AnswerShape, segmentId: number): ReadRecord | null {
  const record = valueAt(json, shape.records);
  const known = shape.id === null ? readSegmentOf(record, shape, segmentId) : readSegment(record, shape);
  return known === null || known.record.id !== segmentId || known.record.unreadable === 'segment' ? null : known;
}

/** Whether an answer says that it is a refusal, which this API may send under status 200. */
export function isRefusal(json: unknown): boolean {
  const success = valueAt(json, ['success']);
  return success === false || success === 'false' || success === 0;
}

/** Whether an answer claims success: by the documented word, or by an odd spelling of it. */
export function claimsSuccess(json: unknown): boolean {
  const success = valueAt(json, ['success']);
  return success === true || success === 'true' || success === 1;
}

/** The text that stands there; null for anything else, and for none. */
function textAt(json: unknown, path: KeyPath | null): string | null {
  const value = path === null ? null : plainValueAt(json, path);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

/** Whether a member's record says that they have left. */
export function hasLeft(record: unknown, { gone }: Pick<MemberShape, 'gone'>): boolean {
  return gone !== undefined && isGone(record, gone);
}

/** The id of a member's record; null where it has none that can be read. */
export function memberIdOf(record: unknown, { id }: Pick<MemberShape, 'id'>): number | null {
  return idOf(valueAt(record, id));
}

function readSegment(record: unknown, shape: AnswerShape): ReadRecord | null {
  const id = shape.id === null ? null : idOf(valueAt(record, shape.id));
  return id === null ? null : readSegmentOf(record, shape, id);
}

function readSegmentOf(record: unknown, shape: AnswerShape, id: number): ReadRecord {
  // Without a name it is shown by its id: who is in it can be told all the same, and has to be compared.
  const named = { id, name: shortName(nameOf(shape.name === null ? null : plainValueAt(record, shape.name))) };
  if (shape.members === null || shape.member === null)
    return { record: { ...named, members: [] }, leftOut: 0, former: [] };
  const list = listAt(record, shape.members) ?? (isNobody(record, shape) ? [] : null);
  const { members, leftOut, former } = readMembers(list ?? [], shape.member);
  const isLost = list === null || (leftOut > 0 && members.length === 0);
  // A segment that says that it has more members than it shows can't be told in full.
  const isCut = countAt(record, shape.memberCount) > members.length + leftOut + former.length;
  const unreadable = isLost ? 'segment' : leftOut > 0 || isCut ? 'members' : null;
  return { record: { ...named, members, ...(unreadable === null ? {} : { unreadable }) }, leftOut, former };
}

/**
 * Whether a segment without a list of members has none. Some write null or an empty object for an empty list; some
 * leave it out, which counts only where a count says so: otherwise nobody can tell whether somebody is in it.
 */
function isNobody(record: unknown, { members, memberCount }: AnswerShape): boolean {
  const told = memberCount === null ? null : wholeAt(record, memberCount);
  if (told !== null && told > 0) return false;
  const value = members === null ? undefined : valueAt(record, members);
  const isEmpty = value === null || (isRecord(value) && Object.keys(value).length === 0);
  return isEmpty || (value === undefined && told === 0);
}

/** The members of a list, each once even when the answer repeats one, without those who have left. */
function readMembers(
  list: readonly unknown[],
  shape: MemberShape,
): { members: ReadMember[]; leftOut: number; former: number[] } {
  const members = new Map<number, ReadMember>();
  const former: number[] = [];
  let leftOut = 0;
  for (const record of list) {
    const id = memberIdOf(record, shape);
    if (id === null) leftOut += 1;
    else if (hasLeft(record, shape)) former.push(id);
    else if (!members.has(id)) members.set(id, { id, email: emailAt(record, shape), name: nameAt(record, shape) });
  }
  return { members: [...members.values()], leftOut, former };
}

/** An address; null for a text that is too long to be one. */
function emailAt(record: unknown, { email }: MemberShape): string | null {
  const text = textAt(record, email);
  return text === null || text.length > MOST_EMAIL ? null : text;
}

/**
 * A name as it can be shown and kept, cut where it is longer than anybody's: one odd name must not make a row too
 * large to be stored, nor have everybody wait until it is compared.
 */
function shortName(name: string): string {
  // As many code units are as many characters at most.
  if (name.length <= MOST_NAME) return plainName(name);
  const shown = Array.from(name.slice(0, 4 * MOST_NAME))
    .slice(0, MOST_NAME)
    .join('');
  return shown.length < name.length ? `${plainName(shown)}…` : plainName(name);
}

function nameAt(record: unknown, { name, firstName, lastName }: MemberShape): string | null {
  const plain = (path: KeyPath | null): string => shortName(textAt(record, path) ?? '').trim();
  const given = plain(name) || `${plain(firstName)} ${plain(lastName)}`.trim();
  // Whoever sees a name need not be somebody who may see an address.
  return given === '' ? null : withoutAddress(given);
}

/** How many members an answer about one segment says that it has; 0 where it does not say. */
export function memberCountOf(json: unknown, { records, memberCount }: AnswerShape): number {
  return countAt(valueAt(json, records), memberCount);
}

function countAt(record: unknown, path: KeyPath | null): number {
  return (path === null ? null : wholeAt(record, path)) ?? 0;
}

/** A segment's name: some are called by a number, such as a year. */
function nameOf(value: unknown): string {
  return isText(value) ? String(value) : '';
}

function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
