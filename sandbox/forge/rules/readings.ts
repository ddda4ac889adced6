/**
 * What Forge does where neither a page nor a measurement says which of two things it does. The sandbox
 * plays one side of each at a time; the app has to be right under both. A reading is asked for only where the
 * two sides differ, so that what asks for none need not be played twice.
 */
export type Readings = {
  /** A key that nothing is stored under, in a batch read: among `failedKeys` with KEY_NOT_FOUND, or in neither list. */
  readonly missingInBatchRead: 'told' | 'leftOut';
  /** A key that nothing is stored under, in a batch delete: among `successfulKeys`, or failed with KEY_NOT_FOUND. */
  readonly missingInBatchDelete: 'succeeds' | 'fails';
  /** Filters of an entity query: on the rows of a page of `limit`, or along the index until `limit` rows match. */
  readonly filters: 'afterLimit' | 'beforeLimit';
  /** A page that is full though nothing follows: the last one, or it has a cursor that leads to an empty page. */
  readonly fullLastPage: 'ends' | 'goesOn';
  /**
   * FAIL_IF_EXISTS on a taken key of an entity: 409 KEY_CONFLICT as for a plain key, or 400
   * CONDITIONAL_CHECK_FAILED.
   */
  readonly takenEntityKey: 'conflict' | 'failedCondition';
  /**
   * A set or delete whose condition is about a row that is not there: judged as a row without attributes, so that
   * "does not exist" holds, or failed whatever it says.
   */
  readonly conditionOnMissingRow: 'judged' | 'fails';
  /** What a scheduled function returns: ignored, or without a status recorded as 424. */
  readonly scheduleReturn: 'ignored' | 'recorded';
};

/** The two sides. `b` flips everything. `a` is what is measured or likelier. */
export const READINGS: { readonly a: Readings; readonly b: Readings } = {
  a: {
    missingInBatchRead: 'told',
    missingInBatchDelete: 'succeeds',
    filters: 'afterLimit',
    fullLastPage: 'ends',
    takenEntityKey: 'conflict',
    conditionOnMissingRow: 'judged',
    scheduleReturn: 'ignored',
  },
  b: {
    missingInBatchRead: 'leftOut',
    missingInBatchDelete: 'fails',
    filters: 'beforeLimit',
    fullLastPage: 'goesOn',
    takenEntityKey: 'failedCondition',
    conditionOnMissingRow: 'fails',
    scheduleReturn: 'recorded',
  },
};

/** The readings of that name, `a` unless named. Throws for a name that there is none of. */
export function readingsOf(name: string | undefined): Readings {
  if (name === undefined || name === 'a') return READINGS.a;
  if (name === 'b') return READINGS.b;
  throw new Error(`FORGE_READINGS is a or b, not ${name}`);
}
