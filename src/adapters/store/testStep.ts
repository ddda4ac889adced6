import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { TEST_STEPS, type TestStep } from '../../contract';
import { decodeBaseline, encodeBaseline, type TestBaseline } from '../../domain/writeTest';
import { pastMoment } from './moments';

const TEST_STEP_KEY = 'test-step';
/** How long a step can be looked at again: an accepted write is settled long before. */
const STEP_KEPT_MS = 24 * 60 * 60 * 1_000;
const TTL = { ttl: { value: 1, unit: 'DAYS' } } as const;
/** Forge stores 240 KiB under a key (documented); the rest of the row is small. */
const MAX_BASELINE = 230_000;

const ids = z.string();
const stepSchema = z.object({
  entryId: z.string(),
  step: z.enum(TEST_STEPS),
  memberId: z.number(),
  fromSegmentId: z.number(),
  toSegmentId: z.number(),
  startedAtMs: z.number(),
  isClean: z.boolean().nullable(),
  followsClean: z.boolean(),
  baseline: z
    .object({
      memberId: z.number(),
      seen: ids,
      memberOf: ids,
      others: z.array(z.object({ segmentId: z.number(), ids })),
    })
    .nullable(),
});

/** The step of a test with a test person that was made last, kept to look at it again and to judge the next one by. */
export type StoredTestStep = {
  /** The ledger's row of it. */
  readonly entryId: string;
  readonly step: TestStep;
  readonly memberId: number;
  readonly fromSegmentId: number;
  readonly toSegmentId: number;
  readonly startedAtMs: number;
  /** Whether it did what it should have done and nothing else; null until that is known. */
  readonly isClean: boolean | null;
  /** Whether the step that it takes back was clean. */
  readonly followsClean: boolean;
  /** Where everybody was before it; null where they are too many to be kept. */
  readonly baseline: TestBaseline | null;
};

/** The step that was made last; null where there is none of the last day. Throws ForgeKvsError when storage fails. */
export async function readTestStep(): Promise<StoredTestStep | null> {
  const stored = await kvs.get<unknown>(TEST_STEP_KEY);
  if (stored === undefined) return null;
  const { baseline, ...step } = stepSchema.parse(stored);
  if (Date.now() - pastMoment(step.startedAtMs) >= STEP_KEPT_MS) return null;
  return { ...step, baseline: baseline === null ? null : decodeBaseline(baseline) };
}

/**
 * Stores the step. Throws ForgeKvsError when storage fails: then it must not be made.
 * @param ends the segments whose others are kept at any rate
 */
export async function writeTestStep({ baseline, ...step }: StoredTestStep, ends: readonly number[]): Promise<void> {
  const encoded = baseline === null ? null : encodeBaseline(baseline, ends, MAX_BASELINE);
  await kvs.set(TEST_STEP_KEY, { ...step, baseline: encoded }, TTL);
}
