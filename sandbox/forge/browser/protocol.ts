/** A function that stays in its window; the other side calls it by this number. */
type FunctionReference = { readonly __forgeFunction: number };

/** From an app's page to the product page. */
export type FromApp =
  | { readonly forge: 'call'; readonly id: number; readonly op: string; readonly data: unknown }
  | { readonly forge: 'height'; readonly heightPx: number };

/** From the product page to an app's page. */
export type ToApp =
  | { readonly forge: 'answer'; readonly id: number; readonly ok: unknown }
  | { readonly forge: 'refused'; readonly id: number; readonly message: string }
  | { readonly forge: 'callback'; readonly reference: number; readonly args: readonly unknown[] }
  | { readonly forge: 'colorMode'; readonly colorMode: ColorMode };

export type ColorMode = 'light' | 'dark';

/** Replaces every function within a value by a reference; `keep` answers the number of one. */
export function withReferences(value: unknown, keep: (callback: (...args: unknown[]) => unknown) => number): unknown {
  if (isFunction(value)) return { __forgeFunction: keep(value) };
  return mapped(value, (part) => withReferences(part, keep));
}

/** Replaces every reference within a value by a function that calls it. */
export function withFunctions(value: unknown, call: (reference: number, args: unknown[]) => void): unknown {
  if (isReference(value)) return (...args: unknown[]) => call(value.__forgeFunction, args);
  return mapped(value, (part) => withFunctions(part, call));
}

function mapped(value: unknown, map: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, map(part)]));
}

function isFunction(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function';
}

function isReference(value: unknown): value is FunctionReference {
  return (
    typeof value === 'object' &&
    value !== null &&
    '__forgeFunction' in value &&
    typeof value.__forgeFunction === 'number'
  );
}
