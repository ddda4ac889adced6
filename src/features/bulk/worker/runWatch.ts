import type { RunBrake } from '../../../contract';
import {
  BRAKE_AFTER,
  brakeOf,
  withDecided,
  type DecidedResult,
  type GroupProgress,
  type Run,
} from '../../../domain/runs';
import type { Partition } from './partition';

/** What a session keeps an eye on beside the work itself: whether it does what it should. */
export type RunWatch = {
  /** Told of every write about somebody of the run that was decided, in the order in which they were. */
  readonly note: (decided: readonly (DecidedResult | null)[]) => void;
  /** What went wrong so often that the run has to rest; null while it may go on. */
  readonly brake: () => RunBrake | null;
  /**
   * Whether nobody new is to be written about for now: so many writes are not decided yet that what goes wrong with
   * them would come out too late.
   */
  readonly isHeld: () => boolean;
  /** What is told of the run by now. */
  readonly state: () => Pick<GroupProgress, 'unseen' | 'streak'>;
};

/** Watches over a session's work, from what the one before it has seen. */
export function createRunWatch({ streak: seen }: Pick<Run, 'streak'>, partitions: readonly Partition[]): RunWatch {
  let streak = seen;
  const open = () => partitions.flatMap(({ queue }) => queue.open());
  return {
    note: (decided) => {
      // What has reached the brake stays until somebody resumes the run.
      for (const one of decided) if (one !== null && brakeOf(streak) === null) streak = withDecided(streak, one);
    },
    brake: () => brakeOf(streak),
    isHeld: () => open().length >= BRAKE_AFTER,
    state: () => ({ streak, unseen: open().filter(({ written }) => written === 'accepted').length }),
  };
}
