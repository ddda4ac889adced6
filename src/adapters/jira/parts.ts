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
  for (let start = 0; start < accountIds.length; start += USERS_A_CALL * AT_ONCE) {
    const parts = Array.from({ length: AT_ONCE }, (_, nth) =>
      accountIds.slice(start + nth * USERS_A_CALL, start + (nth + 1) * USERS_A_CALL),
    ).filter(({ length }) => length > 0);
    for (const answer of await Promise.all(parts.map(ask))) {
      if (answer.kind === 'problem') return answer;
      answers.push(...answer.value);
    }
  }
  return { kind: 'ok', value: answers };
}

/** What asking about so many users costs in Jira's points: two a user, and one a request. */
export function pointsOfUsers(users: number): number {
  return 2 * users + Math.ceil(users / USERS_A_CALL);
}
