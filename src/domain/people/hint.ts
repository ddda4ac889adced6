/** The names under which webhooks commonly tell ids of people, in small letters without separators. */
const ID_NAMES: ReadonlySet<string> = new Set([
  'id',
  'ids',
  'member',
  'members',
  'memberid',
  'memberids',
  'user',
  'users',
  'userid',
  'userids',
  'contact',
  'contacts',
  'contactid',
  'contactids',
]);
/** So many ids are taken from a body, and so many of its values looked at. */
const MOST_IDS = 50;
const MOST_VALUES = 5_000;

/**
 * Numbers in a body that may be ids of members: under usual names, at any depth. Nobody knows what Shorter Loop's
 * webhook sends, and nothing is believed of it: an id that is none costs a look in the directory.
 */
export function idsInHint(body: unknown): readonly number[] {
  const ids = new Set<number>();
  const values: { readonly value: unknown; readonly isNamed: boolean }[] = [{ value: body, isNamed: false }];
  for (let place = 0; place < values.length && place < MOST_VALUES && ids.size < MOST_IDS; place += 1) {
    const { value, isNamed } = values[place] ?? { value: null, isNamed: false };
    const id = isNamed ? idOf(value) : null;
    if (id !== null) ids.add(id);
    else if (Array.isArray(value))
      values.push(...value.slice(0, MOST_VALUES).map((one: unknown) => ({ value: one, isNamed })));
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value).slice(0, MOST_VALUES))
        values.push({ value: one, isNamed: ID_NAMES.has(name.toLowerCase().replaceAll(/[^a-z]/g, '')) });
  }
  return [...ids];
}

function idOf(value: unknown): number | null {
  const id = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}
