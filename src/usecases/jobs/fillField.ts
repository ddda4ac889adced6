import { readFieldSettings } from '../../adapters/store';
import { logFailure } from '../result';
import { pushOne } from './push';

/** Whose work items may show something else now: reporters, members, or some work items by their ids. */
export type FieldChange = {
  readonly accountIds?: readonly string[];
  readonly memberIds?: readonly number[];
  readonly issueIds?: readonly string[];
};

/** One event names so many at most, so that the events of a push stay far below Forge's 200 KB. */
const MOST_NAMED = 2_000;

/**
 * Has the field filled anew where it may have changed. Never throws: a change that gets lost is found by the next
 * look at everybody. Costs one read where no admin has switched the field on.
 */
export async function askForFieldFill(change: FieldChange): Promise<void> {
  try {
    if (!(await readFieldSettings()).isOn) return;
    for (const body of bodiesOf(change)) await pushFieldFill(body, 0);
  } catch (error) {
    logFailure('field', error);
  }
}

/** Has the consumer go on with the field, one at a time. Throws what @forge/events throws. */
export async function pushFieldFill(body: FieldChange, delayInSeconds: number): Promise<void> {
  await pushOne('field', { ...body }, delayInSeconds);
}

function bodiesOf({ accountIds = [], memberIds = [], issueIds = [] }: FieldChange): FieldChange[] {
  const most = Math.max(accountIds.length, memberIds.length, issueIds.length);
  return Array.from({ length: Math.ceil(most / MOST_NAMED) }, (_none, nth) => {
    const part = <T>(all: readonly T[]): T[] => all.slice(nth * MOST_NAMED, (nth + 1) * MOST_NAMED);
    return { accountIds: part(accountIds), memberIds: part(memberIds), issueIds: part(issueIds) };
  });
}
