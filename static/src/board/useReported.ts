import { useCallback, useEffect, useRef, useState } from 'react';
import type { BoardCounted, BoardCountPlace, BoardKept, BoardReporters } from '@contract';
import { ask, type Asked, type PageProblem } from '../shared/ask';
import { MAX_WAITS, waitOf } from '../shared/waits';
import { invoke } from './api';
import { withCount, type Counted, type Reported } from './reported';

const FIRST_PAGE: BoardCountPlace = { page: 0, part: 0, pageToken: null };
const UNREAD: Reported = {
  months: [],
  issues: 0,
  total: null,
  points: null,
  keptAtMs: null,
  state: 'reading',
  withoutSegment: [],
  problem: null,
  counting: null,
};

/** A count as far as it has come: only the page knows it, so that it goes on from there while the page is open. */
type Progress = Counted & { readonly countId: string; readonly next: BoardCountPlace };

/**
 * Reads who reported the project's newest issues, while the board is there already.
 * @returns with it, counts all issues, or goes on with a count that has paused
 */
export function useReported(): readonly [Reported, () => void] {
  const [reported, setReported] = useState<Reported>(UNREAD);
  const page = useRef({ isOpen: true });
  const progress = useRef<Progress | null>(null);
  const isCounting = useRef(false);
  useEffect(() => {
    const opened = { isOpen: true };
    page.current = opened;
    void readNewest((change) => opened.isOpen && setReported(change));
    return () => {
      opened.isOpen = false;
    };
  }, []);
  const count = useCallback(() => {
    if (isCounting.current) return;
    isCounting.current = true;
    const opened = page.current;
    progress.current ??= { months: [], issues: 0, countId: crypto.randomUUID(), next: FIRST_PAGE };
    void countOn(
      progress.current,
      () => opened.isOpen,
      (reached, problem) => {
        progress.current = reached.next === null ? null : { ...reached, next: reached.next };
        setReported((before) => withCount(before, reached, problem));
      },
    ).finally(() => {
      isCounting.current = false;
    });
  }, []);
  return [reported, count];
}

/** Reads what the board opens with, and the parts of a kept count that one answer did not hold. */
async function readNewest(set: (change: (before: Reported) => Reported) => void): Promise<void> {
  const answer: Asked<BoardReporters> = await ask(invoke('board.reporters'));
  if (answer.kind === 'problem') return set((before) => ({ ...before, state: 'failed', problem: answer.problem }));
  const { months, issues, total, points, kept, withoutSegment } = answer.value;
  const all = [...months];
  for (let part = kept?.hasMore === true ? kept.part : null; kept !== null && part !== null;) {
    const more: Asked<BoardKept> = await ask(invoke('board.kept', { countId: kept.countId, part }));
    if (more.kind === 'problem') return set((before) => ({ ...before, state: 'failed', problem: more.problem }));
    all.push(...more.value.months);
    part = more.value.nextPart;
  }
  const read = { issues, total, points, keptAtMs: kept?.atMs ?? null, withoutSegment };
  set((before) => ({ ...before, ...read, months: all, state: 'read' }));
}

/** Counts page by page until the end, or until there is a problem that a short wait does not mend. */
async function countOn(
  from: Progress,
  isOpen: () => boolean,
  tell: (
    reached: Counted & { readonly countId: string; readonly next: BoardCountPlace | null },
    problem: PageProblem | null,
  ) => void,
): Promise<void> {
  const { countId } = from;
  const months = [...from.months];
  let issues = from.issues;
  let next: BoardCountPlace | null = from.next;
  tell(from, null);
  for (let waits = 0; next !== null;) {
    const answer: Asked<BoardCounted> = await ask(invoke('board.count', { ...next, countId }));
    if (!isOpen()) return;
    if (answer.kind === 'ok') {
      waits = 0;
      months.push(...answer.value.months);
      issues += answer.value.issues;
      next = answer.value.next;
      tell({ countId, months: [...months], issues, next }, null);
      continue;
    }
    const waitMs = waits < MAX_WAITS ? waitOf(answer.problem) : null;
    if (waitMs === null) return tell({ countId, months, issues, next }, answer.problem);
    waits += 1;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}
