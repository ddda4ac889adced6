import { useState } from 'react';
import type { TestInput, TestPlan, TestStepInput, TestStepResult } from '@contract';
import { ask, type PageProblem } from '../../../shared/ask';
import { waitOf } from '../../../shared/waits';
import { waitUntil } from '../../../shared/waitUntil';
import { invoke } from '../../api';
import { isGood, LOOK_EVERY_MS, nextLook, type StepProgress } from './steps';

/** A test: what it would do, how far it is, and whether it has ended. */
export type WriteTest = {
  readonly input: TestInput | null;
  readonly plan: TestPlan | null;
  readonly problem: PageProblem | null;
  readonly steps: readonly StepProgress[];
  readonly running: 'plan' | 'test' | null;
  readonly isEnded: boolean;
  readonly makePlan: (input: TestInput) => Promise<void>;
  readonly start: () => Promise<void>;
  /** Forgets the plan and the steps. */
  readonly clear: () => void;
};

/** So often a step is asked for again where nothing came of it. */
const MOST_TRIES = 8;

/** Plans a test, and makes its steps one after the other, each as a request of its own; only a good one is followed. */
export function useWriteTest(onEnded: () => void): WriteTest {
  const [input, setInput] = useState<TestInput | null>(null);
  const [plan, setPlan] = useState<TestPlan | null>(null);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [steps, setSteps] = useState<readonly StepProgress[]>([]);
  const [running, setRunning] = useState<WriteTest['running']>(null);
  const [isEnded, setEnded] = useState(false);

  const clear = () => {
    setInput(null);
    setPlan(null);
    setProblem(null);
    setSteps([]);
    setEnded(false);
  };
  const makePlan = async (wanted: TestInput) => {
    clear();
    setInput(wanted);
    setRunning('plan');
    const asked = await ask<TestPlan>(invoke('admin.planTest', wanted));
    setRunning(null);
    if (asked.kind === 'ok') setPlan(asked.value);
    else setProblem(asked.problem);
  };
  const start = async () => {
    if (plan === null || input === null) return;
    setRunning('test');
    setSteps([]);
    let told: readonly StepProgress[] = [];
    let undoes: string | null = null;
    for (const step of plan.steps) {
      const before = told;
      const tell = (progress: StepProgress) => {
        told = [...before, progress];
        setSteps(told);
      };
      const asked: TestStepInput = {
        ...input,
        step,
        operationId: crypto.randomUUID(),
        undoes: step === 'moveBack' ? undoes : null,
      };
      const result = await makeStep(asked, tell);
      if (result === null || !isGood(result)) break;
      undoes = result.entry.operationId;
    }
    setRunning(null);
    setEnded(true);
    onEnded();
  };
  return { input, plan, problem, steps, running, isEnded, makePlan, start, clear };
}

/** Makes a step and looks at it again until it is known what became of it; null where it could not be made. */
async function makeStep(input: TestStepInput, tell: (progress: StepProgress) => void): Promise<TestStepResult | null> {
  const { step } = input;
  tell({ step, state: 'running' });
  let tries = 0;
  for (;;) {
    const asked = await ask<TestStepResult>(invoke('admin.testStep', input));
    if (asked.kind === 'problem') {
      const waitMs = asked.problem.code === 'noAnswer' ? LOOK_EVERY_MS : waitOf(asked.problem);
      tries += 1;
      if (waitMs === null || tries > MOST_TRIES) {
        tell({ step, state: 'problem', problem: asked.problem });
        return null;
      }
      await waitUntil(Date.now() + waitMs, () => true);
      continue;
    }
    const untilMs = nextLook(asked.value.settlesAtMs, Date.now());
    if (untilMs === null) {
      tell({ step, state: 'ended', result: asked.value });
      return asked.value;
    }
    tell({ step, state: 'looking', untilMs, result: asked.value });
    await waitUntil(untilMs, () => true);
  }
}
