import { addPendingIssue, readFieldAwakeMs, readFieldSettings, writeFieldAwakeMs } from '../../adapters/store';
import { logFailure } from '../result';
import { pushOne } from './push';

/** Whose work items may show something else now: reporters, members, or some work items by their ids. */
export type FieldChange = {
  readonly accountIds?: readonly string[];
  readonly memberIds?: readonly number[];
  readonly issueIds?: readonly string[];
};

/** One run fills all work items that came since: they are gathered for so long, in seconds. */
const GATHER_S = 10;
/** What comes in the last seconds before a run may not be shown to it yet: for that there is another one. */
const TOO_LATE_S = 5;

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

/**
 * {@link askForFieldFill} for a work item that was created or has another reporter: a project may be filled with
 * thousands at once, and each is an event. They are filled together, for a point each and an invocation for all that
 * came within some seconds. Also where the field is off again: what it held for another reporter would stay, as all
 * others are emptied by their reporters. Costs one read where no admin ever switched it on.
 */
export async function askForIssueFill(issueId: string): Promise<void> {
  try {
    if ((await readFieldSettings()).changedAtMs === 0) return;
    const nowMs = Date.now();
    await addPendingIssue(issueId, nowMs);
    if ((await readFieldAwakeMs()) > nowMs) return;
    await writeFieldAwakeMs(nowMs + (GATHER_S - TOO_LATE_S) * 1_000);
    await pushFieldFill({}, GATHER_S);
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
