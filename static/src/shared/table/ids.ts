import { ok, type Result } from '@contract';
import type { Column } from './columns';
import { listLines } from './source';
import { hasHeading, readTable, type TableFault } from './table';

/** Something that stands in a file, and where. */
export type Entry = { readonly line: number; readonly text: string };
/** The ids of a list or a table, each once, and what of it is not used. */
export type IdList = {
  readonly ids: readonly string[];
  readonly repeated: readonly Entry[];
  readonly others: readonly Entry[];
  readonly unused: readonly string[];
  readonly titles: readonly string[];
};

/**
 * Reads ids from a table with a heading that names their column, or from a list: on one line or on many, separated by
 * whatever separates.
 * @param isId whether a text can be such an id
 */
export function readIds(text: string, column: Column, isId: (text: string) => boolean): Result<IdList, TableFault> {
  if (!hasHeading(text, [column])) return ok({ ...sorted(entriesOf(text), isId), unused: [], titles: [] });
  const table = readTable(text, { required: [column] });
  if (table.kind === 'problem') return table;
  // Of a row without an id it is said which it is.
  const entries = table.value.rows.map(({ line, cells, text: row }) => ({ line, text: bareId(cells[column]) || row }));
  const { unused, titles } = table.value;
  return ok({ ...sorted(entries, isId), unused, titles });
}

function sorted(entries: readonly Entry[], isId: (text: string) => boolean): Omit<IdList, 'unused' | 'titles'> {
  const ids = new Set<string>();
  const repeated: Entry[] = [];
  const others: Entry[] = [];
  for (const entry of entries) {
    if (!isId(entry.text)) others.push(entry);
    else if (ids.has(entry.text)) repeated.push(entry);
    else ids.add(entry.text);
  }
  return { ids: [...ids], repeated, others };
}

/** What stands between ids in a list, in any language: blanks, signs, quotes and brackets. */
export const BETWEEN = /[\s\u0085,;|"'()[\]{}<>，；、｜،؛“”„‘’‚«»「」（）•·]+/u;
/**
 * What is copied along with an id, and can be no part of it: marks that can't be seen, a spreadsheet's mark for a text,
 * the end of a sentence.
 */
const EDGES = /^[\p{Cf}']+|[\p{Cf}.:]+$/gu;

/** How Jira writes an account in comments, in the address of its profile, and in the names of its API. */
const COPIED =
  /^(?:~?accountid:|ari:cloud:identity::user\/|https:\/\/[\w.-]+\/(?:[\w-]+\/)*people\/)([\w:.%-]+)[/?#]?/i;

/** An id as it was meant, of a text as it was copied. */
export function bareId(text: string): string {
  const bare = text.replace(EDGES, '');
  const [, copied] = COPIED.exec(bare) ?? [];
  return copied === undefined ? bare : copied.replace(/%3a/gi, ':');
}

function entriesOf(text: string): Entry[] {
  return listLines(text)
    .split(/\r\n|\r|\n/)
    .flatMap((line, nth) =>
      line
        // A spreadsheet's formula for a text.
        .replace(/=(?=")/g, '')
        .split(BETWEEN)
        .map((word) => ({ line: nth + 1, text: bareId(word) }))
        .filter(({ text: word }) => word !== ''),
    );
}
