import { useCallback, useEffect, useState } from 'react';
import type { Dismissal, Result, ReporterLookup } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { invoke } from '../api';

/** What is known of a Jira account, and what can be done about them. One thing runs at a time. */
export type ReporterDesk = {
  /** Null until it was read. */
  readonly lookup: ReporterLookup | null;
  readonly problem: PageProblem | null;
  readonly isBusy: boolean;
  readonly reload: () => void;
  readonly link: (memberId: number) => void;
  readonly unlink: (memberId: number) => void;
  /** Takes them out of the review without a link; answers whether it was stored. */
  readonly dismiss: (as: Dismissal) => Promise<boolean>;
};

/**
 * Reads who an account is in Shorter Loop, and links and unlinks them.
 * @param onChange called after each change that was stored
 */
export function useReporter(accountId: string, onChange: () => void): ReporterDesk {
  const [lookup, setLookup] = useState<ReporterLookup | null>(null);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [isBusy, setIsBusy] = useState(true);

  const take = useCallback(async (answer: Promise<Result<ReporterLookup>>): Promise<boolean> => {
    setIsBusy(true);
    setProblem(null);
    const asked = await ask<ReporterLookup>(answer);
    setIsBusy(false);
    if (asked.kind === 'ok') setLookup(asked.value);
    else setProblem(asked.problem);
    return asked.kind === 'ok';
  }, []);
  const change = async (answer: Promise<Result<ReporterLookup>>): Promise<void> => {
    if (await take(answer)) onChange();
  };
  const dismiss = async (as: Dismissal): Promise<boolean> => {
    setIsBusy(true);
    setProblem(null);
    const asked = await ask(invoke('admin.dismissReporter', { accountId, as }));
    setIsBusy(false);
    if (asked.kind === 'problem') setProblem(asked.problem);
    else onChange();
    return asked.kind === 'ok';
  };
  const reload = useCallback(() => void take(invoke('admin.reporter', { accountId })), [accountId, take]);
  useEffect(reload, [reload]);

  return {
    lookup,
    problem,
    isBusy,
    reload,
    link: (memberId) => void change(invoke('admin.linkReporter', { accountId, memberId })),
    unlink: (memberId) => void change(invoke('admin.unlinkReporter', { accountId, memberId })),
    dismiss,
  };
}
