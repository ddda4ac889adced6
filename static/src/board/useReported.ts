import { useEffect, useState } from 'react';
import type { BoardReporters, ReportedMonth } from '../../../src/contract';
import { ask, type Asked, type PageProblem } from '../shared/ask';
import { invoke } from './api';

/** How many issues are read at most: the newest, which a page may show within half a minute. */
export const MOST_ISSUES = 20_000;

/** What is known of the project's issues. */
export type Reported = {
  readonly months: readonly ReportedMonth[];
  readonly issues: number;
  readonly state: 'reading' | 'read' | 'capped' | 'failed';
  readonly problem: PageProblem | null;
};

/** Reads who reported the project's issues, page by page, while the board is there already. */
export function useReported(): Reported {
  const [reported, setReported] = useState<Reported>({ months: [], issues: 0, state: 'reading', problem: null });
  useEffect(() => {
    let isLeft = false;
    const wasLeft = (): boolean => isLeft;
    void (async () => {
      const months: ReportedMonth[] = [];
      let issues = 0;
      let pageToken: string | null = null;
      do {
        const answer: Asked<BoardReporters> = await ask(invoke('board.reporters', { pageToken }));
        if (wasLeft()) return;
        if (answer.kind === 'problem') return setReported({ months, issues, state: 'failed', problem: answer.problem });
        months.push(...answer.value.months);
        issues += answer.value.issues;
        pageToken = answer.value.nextPageToken;
        const state = pageToken === null ? 'read' : issues < MOST_ISSUES ? 'reading' : 'capped';
        setReported({ months: [...months], issues, state, problem: null });
      } while (pageToken !== null && issues < MOST_ISSUES);
    })();
    return () => {
      isLeft = true;
    };
  }, []);
  return reported;
}

/** How many issues of the project each member reported. */
export function issuesByMember(months: readonly ReportedMonth[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { memberId, issues } of months) if (memberId !== null) counts.set(memberId, (counts.get(memberId) ?? 0) + issues);
  return counts;
}
