/** A property of a value that came from another window; undefined when it has none of that name. */
export function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/** A value as an object; an empty one for what is none. */
export function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** A property that must be text. */
export function textAt(value: unknown, name: string): string {
  const found = propertyOf(value, name);
  if (typeof found !== 'string') throw new Error(`The bridge was called without ${name}`);
  return found;
}

/** A property that must be a function. */
export function functionAt(value: unknown, name: string): (payload: unknown) => void {
  const found = propertyOf(value, name);
  if (typeof found !== 'function') throw new Error(`The bridge was called without the function ${name}`);
  return (payload) => void Reflect.apply(found, undefined, [payload]);
}
