import type { DirectoryAge } from '../panel';
import type { Result } from '../result';
import type { Problem } from '../problem';
import type { Segment } from '../segments';

/** How the directory stands. Times are milliseconds since the epoch. */
export type DirectoryView = {
  /** What the last complete refresh left; null before the first. */
  readonly complete: {
    readonly asOfMs: number;
    readonly age: DirectoryAge;
    readonly segments: number;
    readonly memberships: number;
    /** The first segments that could not be read, or may not be, and how many there are. */
    readonly unreadable: readonly Segment[];
    readonly unreadableCount: number;
  } | null;
  /** The refresh that is under way. */
  readonly progress: {
    readonly startedAtMs: number;
    readonly phase: 'syncing' | 'removing';
    readonly segmentsRead: number;
    readonly segments: number;
  } | null;
  /** Someone asked for a refresh that has not begun. */
  readonly isWaiting: boolean;
  /** When the next one begins by itself; null while one is under way. */
  readonly nextAtMs: number | null;
  /** What is in the way of the refresh; null while nothing is. */
  readonly failure: { readonly problem: Problem; readonly atMs: number } | null;
};

/** The functions of the directory's section. */
export type DirectoryDefinitions = {
  'admin.directory': () => Result<DirectoryView>;
  'admin.refreshDirectory': () => Result<DirectoryView>;
};
