/** The ids of the types that an issue can have. */
export const TYPE_IDS = { Story: '10001', Bug: '10002', Task: '10003', Idea: '10004' } as const;
/** The types that an issue can have. */
export const TYPE_NAMES = ['Story', 'Bug', 'Task', 'Idea'] as const;
/** One of {@link TYPE_NAMES}. */
export type TypeName = (typeof TYPE_NAMES)[number];
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
