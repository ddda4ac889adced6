import { badRequest, LIMITS } from './limits';
import type { Filter, Filters } from './requests';

/** Whether a value meets one condition. Values of unlike types are in no order. */
export function meets(value: unknown, { condition, values }: Omit<Filter, 'property'>): boolean {
  const [first, second] = values;
  switch (condition) {
    case 'EQUAL_TO':
      return value === first;
    case 'NOT_EQUAL_TO':
      return value !== first;
    case 'GREATER_THAN':
      return order(value, first) > 0;
    case 'GREATER_THAN_EQUAL_TO':
      return order(value, first) >= 0;
    case 'LESS_THAN':
      return order(value, first) < 0;
    case 'LESS_THAN_EQUAL_TO':
      return order(value, first) <= 0;
    case 'BETWEEN':
      return order(value, first) >= 0 && order(value, second) <= 0;
    case 'BEGINS_WITH':
      return typeof value === 'string' && value.startsWith(String(first));
    case 'CONTAINS':
      return contains(value, first);
    case 'NOT_CONTAINS':
      return !contains(value, first);
    case 'EXISTS':
      return value !== undefined && value !== null;
    case 'NOT_EXISTS':
      return value === undefined || value === null;
  }
}

/** Whether the attributes of a row meet all of `and` and one of `or`. No filters: they do. */
export function meetsAll(attributes: unknown, filters: Filters): boolean {
  const { and = [], or = [] } = filters ?? {};
  if (and.length + or.length > LIMITS.conditions)
    throw badRequest('TOO_MANY_CONDITIONS', `At most ${LIMITS.conditions} conditions`);
  const holds = (filter: Filter): boolean => meets(attributeOf(attributes, filter.property), filter);
  return and.every(holds) && (or.length === 0 || or.some(holds));
}

/** One attribute of a stored entity value; undefined when it has none of that name. */
export function attributeOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  return found;
}

/** Negative, zero or positive as `a` stands before, beside or after `b`; NaN when they can't be compared. */
export function order(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return Number.NaN;
}

function contains(value: unknown, part: unknown): boolean {
  if (typeof value === 'string') return value.includes(String(part));
  return Array.isArray(value) && value.includes(part);
}
