import { isRecord, opened } from './structure';

const DEEPEST = 5;
const MOST_KEYS = 16;
const MOST_ELEMENTS = 50;

/**
 * What an answer looks like, as in `{ success: boolean, result: list of 12 { title: text } }`: keys and types, and
 * never a value. A key that is no plain word may be somebody's, and is masked.
 */
export function summarize(json: unknown): string {
  return formOf([json], DEEPEST);
}

/** The form that these values have in common; several forms where they differ. */
function formOf(values: readonly unknown[], depth: number): string {
  const seen = values.slice(0, MOST_ELEMENTS);
  const kinds = new Set(seen.map(kindOf));
  return [...kinds]
    .map((kind) =>
      formOfKind(
        kind,
        seen.filter((value) => kindOf(value) === kind),
        depth,
      ),
    )
    .join(' | ');
}

type Kind = 'null' | 'boolean' | 'number' | 'text' | 'list' | 'object' | 'text of JSON';

function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean' || typeof value === 'number') return typeof value === 'number' ? 'number' : 'boolean';
  if (typeof value === 'string') return typeof opened(value) === 'string' ? 'text' : 'text of JSON';
  return Array.isArray(value) ? 'list' : 'object';
}

function formOfKind(kind: Kind, values: readonly unknown[], depth: number): string {
  switch (kind) {
    case 'text':
      return formOfTexts(values.filter((value) => typeof value === 'string'));
    case 'text of JSON':
      return `text of JSON ${formOf(values.map(opened), depth)}`;
    case 'list': {
      const lists = values.filter((value) => Array.isArray(value));
      const counts = [...new Set(lists.map(({ length }) => length))];
      const many = counts.length === 1 ? String(counts[0]) : 'some';
      const inner = lists.flat();
      return inner.length === 0 || depth === 0 ? `list of ${many}` : `list of ${many} ${formOf(inner, depth - 1)}`;
    }
    case 'object':
      return formOfObjects(values.filter(isRecord), depth);
    default:
      return kind;
  }
}

/** The length of texts that all have the same: it tells an id from a name. */
function formOfTexts(texts: readonly string[]): string {
  const lengths = new Set(texts.map(({ length }) => length));
  const [length] = lengths;
  return lengths.size === 1 && length !== undefined && length >= 16 ? `text (${String(length)})` : 'text';
}

function formOfObjects(objects: readonly Readonly<Record<string, unknown>>[], depth: number): string {
  if (depth === 0) return 'object';
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const masked = keys.filter((key) => !isPlain(key));
  const plain = keys.filter(isPlain);
  const parts = plain.slice(0, MOST_KEYS).map((key) => `${key}: ${formOf(valuesOf(objects, [key]), depth - 1)}`);
  if (plain.length > MOST_KEYS) parts.push(`and ${String(plain.length - MOST_KEYS)} more`);
  if (masked.length > 0) parts.push(`${String(masked.length)} × •••: ${formOf(valuesOf(objects, masked), depth - 1)}`);
  return parts.length === 0 ? '{ }' : `{ ${parts.join(', ')} }`;
}

function valuesOf(objects: readonly Readonly<Record<string, unknown>>[], keys: readonly string[]): unknown[] {
  return objects.flatMap((object) => keys.filter((key) => Object.hasOwn(object, key)).map((key) => object[key]));
}

/** A word as programmers name a field: letters, then digits; no name of a person has a capital within. */
function isPlain(key: string): boolean {
  return /^[$_]?[a-z][A-Za-z_-]{0,39}\d?$/.test(key);
}
