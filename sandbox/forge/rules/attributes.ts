/**
 * What Forge takes as the value of an attribute of a custom entity.
 * Documented: https://developer.atlassian.com/platform/forge/storage-reference/entities-manifest/ (section "Values").
 * The 32 bits of an integer were also measured on a site on 2026-10-09: 2^31 is refused.
 */

/** The types that manifest.yml can give an attribute. */
export type AttributeType = 'string' | 'integer' | 'float' | 'boolean' | 'any';

const INTEGER = { least: -(2 ** 31), most: 2 ** 31 - 1 } as const;
/** The bounds of a float that is not 0. */
const FLOAT = { least: 1e-130, most: 9.99e125 } as const;

/**
 * Why Forge refuses a value for an attribute; null when it takes it. What no JSON can hold is refused as well.
 *
 * What the page leaves open is played in the stricter way: that the list of values of `any` has no null is
 * documented, that this holds at every depth of an object or an array is assumed. A blank text within `any`
 * is taken: the page asks for a text that is not blank of the type `string` alone.
 */
export function refuseAttribute(type: AttributeType, value: unknown): string | null {
  switch (type) {
    case 'string':
      if (typeof value !== 'string') return `a string is needed, not ${nameOf(value)}`;
      return value.trim() === ''
        ? 'a string needs at least one character that is not blank: leave the attribute out'
        : null;
    case 'boolean':
      return typeof value === 'boolean' ? null : `true or false is needed, not ${nameOf(value)}`;
    case 'integer':
      if (typeof value !== 'number') return `an integer is needed, not ${nameOf(value)}`;
      if (!Number.isInteger(value)) return `${String(value)} is no whole number: declare a float`;
      return value < INTEGER.least || value > INTEGER.most
        ? `${String(value)} does not fit in 32 bits: declare a float`
        : null;
    case 'float':
      if (typeof value !== 'number') return `a float is needed, not ${nameOf(value)}`;
      return isFloat(value) ? null : `${String(value)} is outside the range of a float`;
    case 'any':
      return refuseAny(value, 'the value');
  }
}

function isFloat(value: number): boolean {
  const size = Math.abs(value);
  return value === 0 || (size >= FLOAT.least && size <= FLOAT.most);
}

function refuseAny(value: unknown, where: string): string | null {
  if (value === null || value === undefined)
    return `${where} is ${String(value)}, which is none of Forge's values: leave it out`;
  if (typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number')
    return isFloat(value) ? null : `${where} is ${String(value)}, which is outside the range of a float`;
  if (typeof value !== 'object') return `${where} is a ${typeof value}, which is none of Forge's values`;
  for (const [key, part] of Object.entries(value)) {
    // A key that is undefined is not in the JSON that is sent; an element of an array is sent as null.
    if (part === undefined && !Array.isArray(value)) continue;
    const refusal = refuseAny(part, `${where}.${key}`);
    if (refusal !== null) return refusal;
  }
  return null;
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}
