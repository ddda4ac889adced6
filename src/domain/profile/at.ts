import type { KeyPath } from '../../contract';

/** A JSON object, not yet looked into. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object, and no list. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value itself, or what it holds where it is a list or an object written as a text. */
export function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(value: unknown, path: KeyPath): unknown {
  let at = opened(value);
  for (const key of path) {
    if (Array.isArray(at)) at = opened(/^\d+$/.test(key) ? at[Number(key)] : undefined);
    else if (isRecord(at) && Object.hasOwn(at, key)) at = opened(at[key]);
    else return undefined;
  }
  return at;
}

/** The list at a path; null where there is none. */
export function listAt(value: unknown, path: KeyPath): readonly unknown[] | null {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : null;
}
