/** Forge takes 25 keys in a batch and 25 operations in a transaction. */
export const KEYS_AT_ONCE = 25;
/** How many calls to storage are under way side by side: enough to hide its latency, far below its rate limit. */
const CALLS_AT_ONCE = 12;

/** Items in groups of at most `size`, in their order. */
export function inGroupsOf<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let start = 0; start < items.length; start += size) groups.push(items.slice(start, start + size));
  return groups;
}

/**
 * Does some work for each group, a few at a time, and answers in the groups' order. When one throws, no
 * further group is begun; the first error is thrown once those under way have ended.
 */
export async function forEachGroup<T, R>(
  groups: readonly T[][],
  work: (group: readonly T[]) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  for (const some of inGroupsOf(groups, CALLS_AT_ONCE)) {
    const settled = await Promise.allSettled(some.map(work));
    for (const one of settled) {
      if (one.status === 'rejected') throw one.reason;
      answers.push(one.value);
    }
  }
  return answers;
}
