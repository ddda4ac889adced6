import type { JiraIssue } from '../types';
import { JqlError } from './error';
import { fieldOf, type Viewer } from './fields';
import type { Sorting } from './parse';

type Compare = (one: JiraIssue, other: JiraIssue) => number;

/**
 * How issues are sorted; null where the query says nothing, and they stay as they are. Without `ASC` or `DESC` a field
 * has an order of its own (documented: JQL keywords, "ORDER BY"); that dates begin with the newest, and that issues
 * without a date come last either way, is assumed.
 * Throws a JqlError for a field that does not exist, or by which the sandbox does not sort.
 */
export function orderOf(sortings: readonly Sorting[], viewer: Viewer): Compare | null {
  const compares = sortings.map((sorting) => compareBy(sorting, viewer));
  if (compares.length === 0) return null;
  return (one, other) => {
    for (const compare of compares) {
      const difference = compare(one, other);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

function compareBy({ field: name, direction }: Sorting, viewer: Viewer): Compare {
  const field = fieldOf(name, viewer);
  if (field.kind === 'date') {
    const sign = direction === 'asc' ? 1 : -1;
    return (one, other) => {
      const [left, right] = [field.of(one), field.of(other)];
      if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0);
      return sign * (left - right);
    };
  }
  const rank = field.kind === 'values' ? field.rank : undefined;
  if (rank === undefined) throw new JqlError(`The sandbox's JQL does not sort by the field '${name}'.`);
  const sign = direction === 'desc' ? -1 : 1;
  return (one, other) => sign * (rank.of(one) - rank.of(other));
}
