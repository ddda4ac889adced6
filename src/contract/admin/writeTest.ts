import type { LedgerEntry, Strays } from '../ledger';
import type { Problem } from '../problem';
import type { WriteForm } from '../profile';
import type { Result } from '../result';
import type { MemberView, WriteKind } from '../segments';
import type { SegmentCount } from './connection';
import type { WriteStop } from './ladder';

/** What can be tried with a test person, in order. */
export const TEST_STEPS = ['moveThere', 'moveBack', 'add', 'remove'] as const;
/** One of {@link TEST_STEPS}. */
export type TestStep = (typeof TEST_STEPS)[number];

/**
 * The test as an admin wants it: the test person is in `fromSegmentId` and not in `toSegmentId`. With adding, the
 * person is added to the target and removed from it again; without, a removal leaves them out of the source.
 */
export type TestInput = {
  readonly memberId: number;
  readonly fromSegmentId: number;
  readonly toSegmentId: number;
  readonly withAdding: boolean;
  readonly withRemoving: boolean;
};

/** What a test would do and leave behind, said before it starts. Nothing was written for it. */
export type TestPlan = {
  readonly member: MemberView;
  readonly from: SegmentCount;
  readonly to: SegmentCount;
  readonly steps: readonly TestStep[];
  /** The others of both segments, who are compared before and after each step. */
  readonly others: number;
  /** The person's other segments, which are compared as well: with none, nothing shows that a write spares them. */
  readonly alsoIn: readonly number[];
  /** The segments that the test person is in at the end, and was not; is not, and was. */
  readonly leavesIn: readonly number[];
  readonly leavesOutOf: readonly number[];
};

/**
 * One step of the test: `undoes` names the ledger's entry of the step before it that it takes back, or null. A step
 * that is sent again under its operation id is looked at again, and not made again.
 */
export type TestStepInput = TestInput & {
  readonly step: TestStep;
  readonly operationId: string;
  readonly undoes: string | null;
};

/** What a step came to. */
export type TestStepResult = {
  readonly entry: LedgerEntry;
  /** The forms that were answered with a clear no (404, 405) before the one of the entry. */
  readonly refused: readonly WriteForm[];
  readonly form: WriteForm;
  /** The person's other segments that they were in before and are not now, and the other way round. */
  readonly leftOthers: readonly number[];
  readonly joinedOthers: readonly number[];
  /** The others, of any segment, who are not where they were before the step; null where all are. */
  readonly strays: Strays | null;
  /** The names of those in `strays`, as far as a reading has them. */
  readonly people: readonly Pick<MemberView, 'id' | 'name'>[];
  /** Whether everybody could be compared with before: without, nothing is proven. */
  readonly isCompared: boolean;
  /** How many segments could not be compared in full: of these nothing can be said. */
  readonly uncompared: number;
  /** When any reading settles a write that is not visible yet (milliseconds since the epoch); null once it is. */
  readonly settlesAtMs: number | null;
  /** The write whose kind is proven by this step; null where it is not yet. */
  readonly proves: WriteKind | null;
};

/**
 * Somebody who was changed beside a write: the segment that they were in before it or have joined, and whether they are
 * where they were by now. Names are null where no reading has them.
 */
export type ChangedMember = {
  readonly memberId: number;
  readonly name: string | null;
  readonly segmentId: number;
  readonly segmentName: string | null;
  readonly change: 'missing' | 'joined';
  readonly isBack: boolean;
};

/** What putting people back came to: those who are where they were, and those who are not. */
export type PutBackResult = {
  readonly back: readonly number[];
  readonly missing: readonly number[];
  /** What stands in the way of those who are missing; null where they were just not reached in time. */
  readonly why: Problem | null;
  /** Whether nobody is left for whom it would help to ask once more. */
  readonly isAll: boolean;
  readonly stops: readonly WriteStop[];
};

/** The functions of the test with a test person, and of what follows when others were changed. */
export type WriteTestDefinitions = {
  'admin.planTest': (input: TestInput) => Result<TestPlan>;
  'admin.testStep': (input: TestStepInput) => Result<TestStepResult>;
  /** Who was changed beside this write, with names, and who of them is back where they were. */
  'admin.changedMembers': (input: { readonly operationId: string }) => Result<readonly ChangedMember[]>;
  'admin.putBack': (input: { readonly operationId: string }) => Result<PutBackResult>;
  /** Lets a kind of write be made again, by an admin who has looked at who was changed. */
  'admin.resumeWrites': (input: { readonly kind: WriteKind }) => Result<readonly WriteStop[]>;
};
