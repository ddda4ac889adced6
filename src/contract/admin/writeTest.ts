import type { LedgerEntry, Strays } from '../ledger';
import type { WriteForm } from '../profile';
import type { Result } from '../result';
import type { MemberView, WriteKind } from '../segments';
import type { SegmentCount } from './connection';

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
  /** The segments that the test person is in at the end, and was not; is not, and was. */
  readonly leavesIn: readonly number[];
  readonly leavesOutOf: readonly number[];
};

/** One step of the test: `undoes` names the operation of the step before it that it takes back, or null. */
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
  /** The write whose kind is proven by this step; null where it is not yet. */
  readonly proves: WriteKind | null;
};

/** The kinds of writes that rest for the whole site, because others were changed beside them. */
export type WriteStop = {
  readonly kind: WriteKind;
  readonly atMs: number;
  readonly operationId: string;
  readonly fromSegmentId: number | null;
  readonly toSegmentId: number | null;
  readonly strays: Strays;
};

/** What putting people back came to: those who are where they were, and those who are not. */
export type PutBackResult = {
  readonly back: readonly number[];
  readonly missing: readonly number[];
  readonly stops: readonly WriteStop[];
};

/** The functions of the test with a test person, and of what follows when others were changed. */
export type WriteTestDefinitions = {
  'admin.planTest': (input: TestInput) => Result<TestPlan>;
  'admin.testStep': (input: TestStepInput) => Result<TestStepResult>;
  'admin.putBack': (input: { readonly operationId: string }) => Result<PutBackResult>;
  /** Lets a kind of write be made again, by an admin who has looked at who was changed. */
  'admin.resumeWrites': (input: { readonly kind: WriteKind }) => Result<readonly WriteStop[]>;
};
