import type { PageProblem } from '../../shared/ask';

/** What runs now: only one thing does at a time. */
export type Running = 'save' | 'check' | null;
/** What came of the last attempt to save. */
export type SaveNotice =
  { readonly kind: 'saved' | 'fixFields' } | { readonly kind: 'problem'; readonly problem: PageProblem } | null;
