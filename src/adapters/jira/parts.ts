import type { JiraResult } from './request';

/** How many accounts one call names: their ids stand in its URL, which has to stay short. */
export const USERS_A_CALL = 90;
/** How many calls are under way at once. */
const AT_ONCE = 5;

/**
 * Asks Jira about many accounts, many in a call and a few calls at once. The first call that fails
 * fails the whole, because half an answer would pass for "not known".
 * @param ask answers for at most 90 accounts
 */
export async function inParts<T>(
  accountIds: readonly string[],
  ask: (part: readonly string[]) => Promise<JiraResult<T[]>>,
): Promise<JiraResult<T[]>> {
  const answers: T[] = [];
  for (const some of inPartsOf(inPartsOf(accountIds, USERS_A_CALL), AT_ONCE)) {
    for (const answer of await Promise.all(some.map(ask))) {
      if (answer.kind === 'problem') return answer;
      answers.push(...answer.value);
    }
  }
  return { kind: 'ok', value: answers };
}

/** Items in parts of at most so many, in their order. */
export function inPartsOf<T>(items: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_part, nth) =>
    items.slice(nth * most, (nth + 1) * most),
  );
}

/** What asking about so many users costs in Jira's points: two a user, and one a request. */
export function pointsOfUsers(users: number): number {
  return 2 * users + Math.ceil(users / USERS_A_CALL);
}
