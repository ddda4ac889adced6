/** The ids of the types that an issue can have. */
export const TYPE_IDS = { Story: '10001', Bug: '10002', Task: '10003', Idea: '10004' } as const;
/** One of the types. */
export type TypeName = keyof typeof TYPE_IDS;
/** The statuses that an issue can be in. */
export const STATUS_NAMES = ['To do', 'In progress', 'In review', 'Done'] as const;
/** One of {@link STATUS_NAMES}. */
export type StatusName = (typeof STATUS_NAMES)[number];
/** The priorities that an issue can have. */
export const PRIORITIES = ['High', 'Medium', 'Low'] as const;
/** One of {@link PRIORITIES}. */
export type Priority = (typeof PRIORITIES)[number];

/** What is known of each status. */
export const STATUSES = {
  'To do': { id: '10000', category: 'new' },
  'In progress': { id: '3', category: 'indeterminate' },
  'In review': { id: '10005', category: 'indeterminate' },
  Done: { id: '10006', category: 'done' },
} as const;
