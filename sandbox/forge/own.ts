/**
 * What an object has under a name that comes from outside. Reading it as it is would also find what every object has:
 * `constructor`, `toString`, `__proto__`.
 */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
