import type { TestStep, TestStepResult } from '@contract';
import type { PageProblem } from '../../../shared/ask';

/** How far one step has come; `looking`: it was accepted, and is not visible yet. */
export type StepProgress =
  | { readonly step: TestStep; readonly state: 'running' }
  | { readonly step: TestStep; readonly state: 'looking'; readonly untilMs: number; readonly result: TestStepResult }
  | { readonly step: TestStep; readonly state: 'ended'; readonly result: TestStepResult }
  | { readonly step: TestStep; readonly state: 'problem'; readonly problem: PageProblem };

/** A write that is not visible yet is looked at again so often. */
export const LOOK_EVERY_MS = 10_000;

/** When a step is looked at again; null once nothing is left to wait for. */
export function nextLook(settlesAtMs: number | null, nowMs: number): number | null {
  if (settlesAtMs === null) return null;
  // The first look after it settles for good, and one that comes much later would find nothing else.
  if (nowMs > settlesAtMs + 3 * LOOK_EVERY_MS) return null;
  return Math.max(nowMs + 1_000, Math.min(nowMs + LOOK_EVERY_MS, settlesAtMs + 1_000));
}

/** Whether a step did what it should, and nothing else: only then the next one is made. */
export function isGood({ entry, strays, leftOthers, joinedOthers, isCompared }: TestStepResult): boolean {
  return (
    isCompared &&
    strays === null &&
    leftOthers.length === 0 &&
    joinedOthers.length === 0 &&
    entry.members.every(({ outcome }) => outcome === 'confirmed')
  );
}
