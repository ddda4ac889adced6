import type { AnswerShape, KeyPath, MemberShape, ReadForm } from '../../contract';
import {
  listAt,
  memberCountOf,
  memberIdOf,
  nextPage,
  readOneSegment,
  readSegmentRecords,
  valueAt,
  hasLeft,
  idOf,
  isBehindEnd,
  type Page,
  type ReadMember,
  type ReadSegment,
} from '../../domain/profile';
import { unusableError } from './badKey';
import { plainError } from './errors';
import type { Exchange, JsonAnswer } from './exchange';
import type { ShorterLoopError, ShorterLoopResult } from './types';

/** One read as it is made: its form, its path with ids filled in, and what asks for a page. */
export type Asked = {
  readonly form: ReadForm;
  readonly path: string;
  readonly ask: (path: string, keep: Exchange['keep']) => Promise<ShorterLoopResult<JsonAnswer>>;
  readonly onPage: () => Promise<ShorterLoopError | null>;
  readonly onLeftOut: (records: number) => void;
};

/** What is made of one page: its rows, the ids in it, and what was read. Null where it has another form. */
type PageReading<T> = { readonly rows: number; readonly ids: Iterable<number>; readonly value: T } | null;

/** Every segment of a read, page after page, each once. */
export async function readSegments(asked: Asked): Promise<ShorterLoopResult<ReadSegment[]>> {
  const { shape } = asked.form;
  const pages = await readPages(asked, undefined, ({ json }) => {
    const read = readSegmentRecords(json, shape);
    if (read === null) return null;
    const rows = listAt(json, shape.records)?.length ?? 0;
    return { rows, ids: read.read.map(({ id }) => id), value: read };
  });
  if (pages.kind === 'problem') return pages;
  asked.onLeftOut(pages.value.reduce((sum, { leftOut }) => sum + leftOut, 0));
  const segments = new Map<number, ReadSegment>();
  for (const segment of pages.value.flatMap(({ read }) => read))
    segments.set(segment.id, together(segments.get(segment.id), segment));
  return { kind: 'ok', value: [...segments.values()] };
}

/** One segment with its members, page after page. */
export async function readOne(asked: Asked, segmentId: number): Promise<ShorterLoopResult<ReadSegment>> {
  const { shape } = asked.form;
  const pages = await readPages(asked, undefined, ({ json }) => {
    const read = readPage(json, shape, segmentId);
    if (read === null) return null;
    const value = { ...read, count: memberCountOf(json, shape) };
    const ids = [...read.record.members.map(({ id }) => id), ...read.former];
    return { rows: rowsOfOne(json, asked.form), ids, value };
  });
  if (pages.kind === 'problem') return pages;
  const leftOut = pages.value.reduce((sum, one) => sum + one.leftOut, 0);
  asked.onLeftOut(leftOut);
  const [first, ...others] = pages.value;
  if (first === undefined) return malformed(null);
  const segment = others.reduce((before, { record }) => together(before, record), first.record);
  const former = pages.value.reduce((sum, one) => sum + one.former.length, 0);
  const isCut = first.count > segment.members.length + leftOut + former;
  return {
    kind: 'ok',
    value: isCut && segment.unreadable === undefined ? { ...segment, unreadable: 'members' } : segment,
  };
}

/**
 * One page of a segment's members. How many there are is compared once all pages are together, as each alone has fewer;
 * only where there is no list, a count of 0 says that there is nobody.
 */
function readPage(json: unknown, shape: AnswerShape, segmentId: number): ReturnType<typeof readOneSegment> {
  return readOneSegment(json, { ...shape, memberCount: null }, segmentId) ?? readOneSegment(json, shape, segmentId);
}

/**
 * The ids alone of a segment's members: its answer is read in pieces, so that of 100,000 members neither text nor
 * records ever stand in memory as a whole.
 */
export async function readMemberIds(asked: Asked, segmentId: number): Promise<ShorterLoopResult<ReadonlySet<number>>> {
  const { shape } = asked.form;
  const { member } = shape;
  // Bare ids are no records that could be taken one by one.
  if (member === null || member.id.length === 0) return idsOfWhole(asked, segmentId);
  const list: KeyPath = [...shape.records, ...(shape.members ?? [])];
  const keep: Exchange['keep'] = { level: 1 + list.length, of: (element) => keptOf(element, member) };
  const pages = await readPages(asked, keep, ({ json, kept }) => {
    // A list that stands as a text, or as an object by ids, came as a whole, also where another one beside it did not.
    const read = idsOfPieces(listAt(json, list), kept) ?? idsIn(json, asked.form, segmentId);
    if (read === null || !isAbout(json, asked.form, segmentId)) return null;
    const { rows, ids: own, former } = read;
    const ids = former.length === 0 ? own : [...own, ...former];
    return { rows, ids, value: { ids: own, former: former.length, count: memberCountOf(json, shape) } };
  });
  if (pages.kind === 'problem') return pages;
  // The first page's own set: of 100,000 members another one would be as large.
  const ids = pages.value[0]?.ids ?? new Set<number>();
  for (const page of pages.value.slice(1)) for (const id of page.ids) ids.add(id);
  const former = pages.value.reduce((sum, page) => sum + page.former, 0);
  const isCut = (pages.value[0]?.count ?? 0) > ids.size + former;
  return isCut ? { kind: 'problem', problem: plainError('cut', 200, false) } : { kind: 'ok', value: ids };
}

/** The members of one page, each once, how many records it has, and who has left by them. */
type IdsOfPage = { readonly rows: number; readonly ids: Set<number>; readonly former: readonly number[] };

/** What is kept of a record: its member's id, and less than nothing where they have left. */
function keptOf(element: unknown, member: MemberShape): number | null {
  const id = memberIdOf(element, member);
  return id !== null && hasLeft(element, member) ? -id : id;
}

/** The ids of a list that was taken apart; null where an element has none, as who is in it can't be told then. */
function idsOfPieces(pairs: readonly unknown[] | null, kept: readonly unknown[]): IdsOfPage | null {
  if (pairs === null) return null;
  const ids = new Set<number>();
  const former: number[] = [];
  let rows = 0;
  let end: number | null = null;
  for (const pair of pairs) {
    // Each goes on where the one before ended: two numbers that stand in the list itself are no such pair.
    if (!isPair(pair) || (end !== null && pair[0] !== end)) return null;
    const [start, length] = pair;
    rows += length;
    end = start + length;
    for (let place = start; place < start + length; place += 1) {
      const one = kept[place];
      const id = idOf(one);
      if (id !== null) ids.add(id);
      else if (typeof one === 'number') former.push(-one);
      else return null;
    }
  }
  return { rows, ids, former };
}

/** The ids in an answer that came as a whole; null where they can't be told in full. */
function idsIn(json: unknown, { shape }: ReadForm, segmentId: number): IdsOfPage | null {
  const read = readPage(json, shape, segmentId);
  if (read === null || read.record.unreadable !== undefined) return null;
  const { members } = read.record;
  const { former } = read;
  return { rows: members.length + former.length, ids: new Set(members.map(({ id }) => id)), former };
}

async function idsOfWhole(asked: Asked, segmentId: number): Promise<ShorterLoopResult<ReadonlySet<number>>> {
  return idsOfOne(await readOne(asked, segmentId));
}

/** One segment out of the read of all of them, which has it where it is there. */
export function pickSegment(
  all: ShorterLoopResult<readonly ReadSegment[]>,
  segmentId: number,
): ShorterLoopResult<ReadSegment> {
  if (all.kind === 'problem') return all;
  const found = all.value.find(({ id }) => id === segmentId);
  if (found === undefined) return { kind: 'problem', problem: plainError('notFound', 200, false) };
  return found.unreadable === 'segment' ? malformed(200) : { kind: 'ok', value: found };
}

/** The ids of a segment that was read as a whole; a problem where they can't be told in full. */
export function idsOfOne(read: ShorterLoopResult<ReadSegment>): ShorterLoopResult<ReadonlySet<number>> {
  if (read.kind === 'problem') return read;
  return read.value.unreadable === undefined
    ? { kind: 'ok', value: new Set(read.value.members.map(({ id }) => id)) }
    : malformed(200);
}

async function readPages<T>(
  { form, path, ask, onPage }: Asked,
  keep: Exchange['keep'],
  read: (answer: JsonAnswer) => PageReading<T>,
): Promise<ShorterLoopResult<T[]>> {
  const pages: Page[] = [];
  const values: T[] = [];
  const known = new Set<number>();
  let isNew = true;
  for (let next = nextPage(form, path, pages, isNew); next.kind !== 'end';) {
    if (next.kind === 'cut') return { kind: 'problem', problem: plainError('cut', 200, false) };
    const refused = pages.length === 0 ? null : await onPage();
    if (refused !== null) return { kind: 'problem', problem: refused };
    const answer = await ask(next.path, keep);
    if (answer.kind === 'problem' && isBehindEnd(form, pages, answer.problem.status ?? 0)) {
      pages.push({ json: null, link: null, rows: 0 });
      next = nextPage(form, path, pages, false);
      continue;
    }
    if (answer.kind === 'problem') return answer;
    const page = read(answer.value);
    if (page === null)
      return { kind: 'problem', problem: unusableError('malformed', answer.value.status, answer.value.json) };
    const before = known.size;
    // Ids are compared only where there is a second page: of 100,000 members another set would be as large.
    const repeated = form.paging.kind === 'none' ? 0 : addNew(known, page.ids);
    isNew = form.paging.kind === 'none' || known.size > before;
    values.push(page.value);
    const { json, link, cursors } = answer.value;
    pages.push({ json, link, cursors, rows: page.rows, repeated });
    next = nextPage(form, path, pages, isNew);
  }
  return { kind: 'ok', value: values };
}

/** Adds the ids of a page to those that were known, and answers how many of them were. */
function addNew(known: Set<number>, ids: Iterable<number>): number {
  const page = new Set(ids);
  const before = known.size;
  for (const id of page) known.add(id);
  return page.size - (known.size - before);
}

/** One segment out of two pages that both have it. */
function together(before: ReadSegment | undefined, segment: ReadSegment): ReadSegment {
  if (before === undefined) return segment;
  const members = new Map<number, ReadMember>([...before.members, ...segment.members].map((one) => [one.id, one]));
  const unreadable = before.unreadable ?? segment.unreadable;
  const merged = { id: segment.id, name: segment.name, members: [...members.values()] };
  return unreadable === undefined ? merged : { ...merged, unreadable };
}

function rowsOfOne(json: unknown, { shape: { records, members } }: ReadForm): number {
  return listAt(valueAt(json, records), members ?? [])?.length ?? 0;
}

function isAbout(json: unknown, { shape: { records, id } }: ReadForm, segmentId: number): boolean {
  return id === null || idOf(valueAt(json, [...records, ...id])) === segmentId;
}

function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((one) => Number.isSafeInteger(one));
}

function malformed(status: number | null): { readonly kind: 'problem'; readonly problem: ShorterLoopError } {
  return { kind: 'problem', problem: plainError('malformed', status, false) };
}
