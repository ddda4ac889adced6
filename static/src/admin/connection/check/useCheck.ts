import { useState } from 'react';
import type { CheckChoices, CheckReport, ConnectionView } from '@contract';
import { ask, type PageProblem } from '../../../shared/ask';
import { invoke } from '../../api';
import { restOf, together } from './choices';

/** The check that runs or ran last. */
export type Check = {
  readonly report: CheckReport | null;
  readonly isRunning: boolean;
  readonly problem: PageProblem | null;
  /** How long it rests before it goes on by itself, in milliseconds; null when it does not. */
  readonly restMs: number | null;
  /** Begins anew: what was chosen for another connection says nothing of this one. */
  readonly start: () => Promise<void>;
  /** Goes on with what was chosen so far, and this. */
  readonly goOn: (chosen?: CheckChoices) => Promise<void>;
};

/** So often in a row a check goes on by itself; after that an admin decides. */
const MOST_RESTS = 12;
/** A longer rest is told, and not waited for. */
const LONGEST_REST_MS = 10 * 60_000;

/** Runs the check, keeps what an admin chose for it, and hands the connection after it to `keep`. */
export function useCheck(keep: (view: ConnectionView) => void): Check {
  const [report, setReport] = useState<CheckReport | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [choices, setChoices] = useState<CheckChoices>({});
  const [rests, setRests] = useState(0);

  const run = async (chosen: CheckChoices) => {
    setChoices(chosen);
    setRunning(true);
    const asked = await ask<CheckReport>(invoke('admin.check', { choices: chosen }));
    setRunning(false);
    setProblem(asked.kind === 'problem' ? asked.problem : null);
    if (asked.kind === 'problem') return;
    setReport(asked.value);
    setRests((before) => (restOf(asked.value) === null ? 0 : before + 1));
    keep(asked.value.view);
  };
  const restMs = report === null || isRunning || problem !== null ? null : restOf(report);
  return {
    report,
    isRunning,
    problem,
    restMs: rests > MOST_RESTS || (restMs ?? 0) > LONGEST_REST_MS ? null : restMs,
    start: () => {
      setReport(null);
      setRests(0);
      return run({});
    },
    goOn: (chosen = {}) => run(together(choices, chosen)),
  };
}
