/** A value with one place spoiled: where (a JSON pointer), how, and what came of it. */
export type Spoiled = { readonly at: string; readonly how: string; readonly value: unknown };

const GONE = Symbol('gone');
/** What is put in a place instead: each JSON type, and the numbers next to those that an id may be. */
const INSTEAD: readonly unknown[] = [null, false, 'x', '', '1', 0, -1, 1.5, 2 ** 53, {}, []];

/** Every way to spoil one place of a JSON value: to take it away, or to put something else there. */
export function spoiledOf(value: unknown): Spoiled[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const here = [GONE, ...INSTEAD].map((instead) => ({
      at: `/${key}`,
      how: instead === GONE ? 'gone' : JSON.stringify(instead),
      value: withPlace(value, key, instead),
    }));
    const inner = spoiledOf(Object.getOwnPropertyDescriptor(value, key)?.value);
    return [
      ...here,
      ...inner.map((one) => ({ at: `/${key}${one.at}`, how: one.how, value: withPlace(value, key, one.value) })),
    ];
  });
}

function withPlace(value: object, key: string, place: unknown): unknown {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => (String(index) !== key ? [item] : place === GONE ? [] : [place]));
  const others = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(place === GONE ? others : [...others, [key, place]]);
}
