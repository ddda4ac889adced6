import { ok, type KeyPath, type Paging, type ReadCall } from '../../../contract';
import type { RawAnswer } from '../../../adapters/shorterloop';
import { GUESSED_PAGINGS, learnPaging, looksCut, nextPage, saysMore, type PagingHints } from '../../../domain/profile';
import { ask, isSuccess, learnRead, type CheckSession, type CheckStep } from './checkSession';

/** A list as the first answer has it. */
export type FirstPage = {
  readonly call: ReadCall;
  readonly path: string;
  readonly answer: RawAnswer;
  readonly records: KeyPath;
  readonly rows: number;
  /** What tells the records of another page from those of this one; null where that page has no such list. */
  readonly idsOf: (json: unknown) => ReadonlySet<number> | null;
};

/**
 * Whether a list is all there is: `whole`, `paged` (how it goes on is learned), `cut` (it says that there is more, and
 * no way to it was found), or `looksCut` (only its length says so).
 */
export type Completeness = {
  readonly kind: 'whole' | 'paged' | 'cut' | 'looksCut';
  readonly total: PagingHints['total'];
};

type Tried = 'more' | 'same' | 'end' | 'refused';

/** What an answer says of the rest of its list. What a reading would take for a sign of more is one here as well. */
export function hintsOf({ answer, records, rows }: Pick<FirstPage, 'answer' | 'records' | 'rows'>): PagingHints {
  const { json, link, cursors = {} } = answer;
  const hints = learnPaging({ json, link, cursors, records, rows });
  return saysMore(answer) ? { ...hints, goesOn: true } : hints;
}

/** Finds out how a list goes on: another page has to show other records, or nothing is learned from it. */
export async function followPaging(session: CheckSession, page: FirstPage): Promise<CheckStep<Completeness>> {
  const { call, rows } = page;
  const hints = hintsOf(page);
  const { total } = hints;
  const known = session.profile.reads[call].paging;
  if (hints.goesOn !== true && !looksCut(rows, hints)) {
    keepTotal(session, page, total);
    return ok({ kind: 'whole', total });
  }
  if (hints.goesOn !== true && session.choices.whole?.includes(call) === true) {
    session.chosen.add(call);
    return ok({ kind: 'whole', total });
  }
  const ways = waysOf(known, hints);
  for (const way of ways) {
    const name = `${page.path} ${JSON.stringify(way)}`;
    if (session.inVain.has(name)) continue;
    const tried = await tryWay(session, page, way, way === known ? { ...hints, tellsFirst: true } : hints);
    if (tried.kind === 'problem') return tried;
    if (tried.value === null) {
      session.inVain.add(name);
      continue;
    }
    const { paging, isLast } = tried.value;
    learnRead(session, call, { paging, total: total?.at ?? null });
    const pages = isLast ? 1 : total === null ? 2 : Math.ceil(total.count / rows);
    session.lines.push({ code: 'paging', call, paging, pages, size: rows });
    return ok({ kind: isLast ? 'whole' : 'paged', total });
  }
  return ok({ kind: hints.goesOn === true ? 'cut' : 'looksCut', total });
}

/**
 * Where a whole list says how many records it has, a later one that is shorter than it says is known as cut: servers
 * cut only long lists.
 */
export function keepTotal(
  session: CheckSession,
  { call, rows }: Pick<FirstPage, 'call' | 'rows'>,
  total: PagingHints['total'],
): void {
  if (total !== null && total.count === rows) learnRead(session, call, { total: total.at });
}

/** How many ways are tried where the answer itself says that there is more; one fewer where it only looks so. */
const MOST_TRIED = 4;

/** The ways to try: what held before, what the answer shows, and last what most servers have. */
function waysOf(known: Paging, { goesOn, ways }: PagingHints): Paging[] {
  const shown = known.kind === 'none' ? ways : [known, ...ways];
  const seen = new Set<string>();
  return [...shown, ...(goesOn === true && shown.length > 1 ? [] : GUESSED_PAGINGS)]
    .filter((way) => {
      const name = way.kind === 'page' ? `page ${way.parameter}` : JSON.stringify(way);
      return !seen.has(name) && seen.add(name);
    })
    .slice(0, goesOn === true ? MOST_TRIED : MOST_TRIED - 1);
}

/** A way that goes on, or that shows that there is nothing more. */
type Found = { readonly paging: Paging; readonly isLast: boolean };

/** The way as it turned out; null where it is none. */
async function tryWay(
  session: CheckSession,
  page: FirstPage,
  way: Paging,
  hints: PagingHints,
): Promise<CheckStep<Found | null>> {
  const tried = await askPage(session, page, way);
  if (tried.kind === 'problem') return tried;
  const isLast = tried.value === 'end';
  // An end after an answer that says that there is more is no end.
  const isWay = tried.value === 'more' || (isLast && hints.goesOn !== true);
  if (tried.value === 'same' || tried.value === 'refused') return ok(null);
  if (isLast && way.kind === 'offset' && !hints.ways.includes(way)) return confirmEnd(session, page, way);
  if (way.kind !== 'page' || hints.tellsFirst) return ok(isWay ? { paging: way, isLast } : null);
  // Nobody said whether pages count from 0 or from 1: the page called 1 shows it.
  const first = await askPage(session, page, { ...way, first: 0 });
  if (first.kind === 'problem') return first;
  if (first.value === 'more') return ok({ paging: { ...way, first: 0 }, isLast: false });
  return ok(first.value === 'same' && isWay ? { paging: { ...way, first: 1 }, isLast } : null);
}

/**
 * An offset that nobody named, behind which there is nothing: it may count something else than records. Where it does
 * count them, the last record stands alone at one less.
 */
async function confirmEnd(session: CheckSession, page: FirstPage, way: Paging): Promise<CheckStep<Found | null>> {
  const tried = await askPage(session, { ...page, rows: page.rows - 1 }, way);
  if (tried.kind === 'problem') return tried;
  return ok(tried.value === 'same' ? { paging: way, isLast: true } : null);
}

async function askPage(session: CheckSession, page: FirstPage, way: Paging): Promise<CheckStep<Tried>> {
  const { call, path, answer, rows, idsOf } = page;
  const form = { ...session.profile.reads[call], paging: way, total: null };
  const next = nextPage(form, path, [{ ...answer, rows }], true);
  if (next.kind !== 'ask') return ok('refused');
  const asked = await ask(session, next.path);
  if (asked.kind === 'problem') return asked;
  if (asked.value.kind === 'problem' || !isSuccess(asked.value.value)) return ok('refused');
  const before = idsOf(answer.json);
  const after = idsOf(asked.value.value.json);
  if (after === null) return ok('refused');
  if (after.size === 0) return ok('end');
  return ok([...after].some((id) => before?.has(id) !== true) ? 'more' : 'same');
}
