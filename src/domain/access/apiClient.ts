import type { ApiClientAct, Problem } from '../../contract';
import type { GuardedAct } from './conditions';

/** Which of an API client's acts covers an act; what is not here it may never do. */
const TICKED: Readonly<Partial<Record<GuardedAct, ApiClientAct>>> = {
  look: 'get',
  move: 'move',
  remove: 'remove',
  add: 'add',
};

/** What stands in the way of an API client for which an admin ticked these acts; null where nothing does. */
export function apiClientRefusal(ticked: readonly ApiClientAct[], act: GuardedAct): Problem | null {
  const needed = TICKED[act];
  return needed !== undefined && ticked.includes(needed) ? null : { code: 'apiClientMayNot', act };
}
