/**
 * What `src/adapters/shorterloop/reads.ts` exports, for the documented form alone: no profile is looked at, and every
 * place is written out. It judges and leaves out the same, so that what is left between the two is the profile's cost.
 */
import { plainName } from '../../../src/contract';
import { plainError } from '../../../src/adapters/shorterloop/errors';
import type { JsonAnswer } from '../../../src/adapters/shorterloop/exchange';
import type { Asked } from '../../../src/adapters/shorterloop/reads';
import type { ShorterLoopResult } from '../../../src/adapters/shorterloop/types';
import { withoutAddress } from '../../../src/domain/people';
import { saysMore, type ReadMember, type ReadSegment } from '../../../src/domain/profile';

type Row = {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly users?: unknown;
  readonly email?: unknown;
  readonly firstName?: unknown;
  readonly lastName?: unknown;
};
type Read = { readonly segment: ReadSegment; readonly leftOut: number };

/** Every segment of the one answer, each once. */
export async function readSegments(asked: Asked): Promise<ShorterLoopResult<ReadSegment[]>> {
  const answer = await askOnce(asked, undefined);
  if (answer.kind === 'problem') return answer;
  const list = dataOf(answer.value.json);
  if (!Array.isArray(list)) return malformed;
  const hasMembers = asked.form.shape.member !== null;
  const rows: readonly unknown[] = list;
  const read = rows.map((row) => segmentOf(row, hasMembers)).filter((one) => one !== null);
  if (read.length === 0 ? rows.length > 0 : read.every(({ segment }) => segment.unreadable === 'segment'))
    return malformed;
  if (read.length > 0 && !rows.some((row) => isRow(row) && isName(row.name))) return malformed;
  asked.onLeftOut(rows.length - read.length + read.reduce((sum, { leftOut }) => sum + leftOut, 0));
  const segments = new Map<number, ReadSegment>();
  for (const { segment } of read) if (!segments.has(segment.id)) segments.set(segment.id, segment);
  return { kind: 'ok', value: [...segments.values()] };
}

/** One segment with its members. */
export async function readOne(asked: Asked, segmentId: number): Promise<ShorterLoopResult<ReadSegment>> {
  const answer = await askOnce(asked, undefined);
  if (answer.kind === 'problem') return answer;
  const read = segmentOf(dataOf(answer.value.json), true);
  if (read === null || read.segment.id !== segmentId || read.segment.unreadable === 'segment') return malformed;
  asked.onLeftOut(read.leftOut);
  return { kind: 'ok', value: read.segment };
}

/** The ids alone of a segment's members, read in pieces. */
export async function readMemberIds(asked: Asked, segmentId: number): Promise<ShorterLoopResult<ReadonlySet<number>>> {
  const answer = await askOnce(asked, { level: 3, of: (element) => (isRow(element) ? idOf(element.id) : null) });
  if (answer.kind === 'problem') return answer;
  const { json, kept } = answer.value;
  const data = dataOf(json);
  if (!isRow(data) || idOf(data.id) !== segmentId || !Array.isArray(data.users)) return malformed;
  const pairs: readonly unknown[] = data.users;
  const ids = new Set<number>();
  for (const pair of pairs) {
    if (!isPair(pair)) return malformed;
    const [start, length] = pair;
    for (let place = start; place < start + length; place += 1) {
      const id = idOf(kept[place]);
      if (id === null) return malformed;
      ids.add(id);
    }
  }
  return { kind: 'ok', value: ids };
}

/** One segment out of all: no server of the documented form is read so. */
export function pickSegment(): ShorterLoopResult<ReadSegment> {
  return malformed;
}

/** The ids of a segment that was read as a whole. */
export function idsOfOne(read: ShorterLoopResult<ReadSegment>): ShorterLoopResult<ReadonlySet<number>> {
  if (read.kind === 'problem') return read;
  return read.value.unreadable === undefined
    ? { kind: 'ok', value: new Set(read.value.members.map(({ id }) => id)) }
    : malformed;
}

const malformed: { readonly kind: 'problem'; readonly problem: ReturnType<typeof plainError> } = {
  kind: 'problem',
  problem: plainError('malformed', 200, false),
};

type Keep = Parameters<Asked['ask']>[1];

async function askOnce({ ask, path }: Asked, keep: Keep): Promise<ShorterLoopResult<JsonAnswer>> {
  const answer = await ask(path, keep);
  if (answer.kind === 'problem' || !saysMore(answer.value)) return answer;
  return { kind: 'problem', problem: plainError('cut', 200, false) };
}

function dataOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'data' in json ? json.data : undefined;
}

function segmentOf(row: unknown, hasMembers: boolean): Read | null {
  const id = isRow(row) ? idOf(row.id) : null;
  if (!isRow(row) || id === null) return null;
  const named = { id, name: plainName(isName(row.name) ? String(row.name) : '') };
  if (!hasMembers) return { segment: { ...named, members: [] }, leftOut: 0 };
  const list: readonly unknown[] | null = Array.isArray(row.users) ? row.users : row.users === null ? [] : null;
  const members = new Map<number, ReadMember>();
  let leftOut = 0;
  for (const one of list ?? []) {
    const memberId = isRow(one) ? idOf(one.id) : null;
    if (!isRow(one) || memberId === null) leftOut += 1;
    else if (!members.has(memberId))
      members.set(memberId, { id: memberId, email: textOf(one.email), name: nameOf(one) });
  }
  const isLost = list === null || (leftOut > 0 && members.size === 0);
  const unreadable: ReadSegment['unreadable'] | null = isLost ? 'segment' : leftOut > 0 ? 'members' : null;
  const segment: ReadSegment = {
    ...named,
    members: [...members.values()],
    ...(unreadable === null ? {} : { unreadable }),
  };
  return { segment, leftOut };
}

function nameOf({ name, firstName, lastName }: Row): string | null {
  const plain = (value: unknown): string => plainName(textOf(value) ?? '').trim();
  const given = plain(name) || `${plain(firstName)} ${plain(lastName)}`.trim();
  return given === '' ? null : withoutAddress(given);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

function idOf(value: unknown): number | null {
  const id = typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((one) => Number.isSafeInteger(one));
}
