import { useCallback, useRef, useState } from 'react';
import type { LedgerExport, LedgerFilter } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { saveFile } from '../../shared/saveFile';
import { invoke } from '../api';

/** How far an export has come. */
export type ExportState =
  | { readonly state: 'idle' | 'stopped' }
  | { readonly state: 'running' | 'done'; readonly rows: number }
  | { readonly state: 'failed'; readonly problem: PageProblem };

/** A part that fails for a passing reason is asked for again, after a longer wait each time. */
const WAITS_MS = [2_000, 5_000, 15_000];

/** Reads everything that fits a search, part by part, and saves it as one file once it is whole. */
export function useExport(filter: LedgerFilter): {
  readonly exported: ExportState;
  readonly start: () => void;
  readonly stop: () => void;
} {
  const [exported, setExported] = useState<ExportState>({ state: 'idle' });
  const run = useRef(0);
  const start = useCallback(() => {
    run.current += 1;
    const own = run.current;
    const isCurrent = (): boolean => run.current === own;
    void exportAll(filter, isCurrent, (rows) => setExported({ state: 'running', rows })).then((ended) => {
      if (isCurrent()) setExported(ended);
    });
  }, [filter]);
  const stop = useCallback(() => {
    run.current += 1;
    setExported({ state: 'stopped' });
  }, []);
  return { exported, start, stop };
}

async function exportAll(
  filter: LedgerFilter,
  isCurrent: () => boolean,
  tell: (rows: number) => void,
): Promise<ExportState> {
  const parts: string[] = [];
  let rows = 0;
  let after: string | null = null;
  do {
    tell(rows);
    const answer = await askForPart(filter, after);
    if (!isCurrent()) return { state: 'stopped' };
    if (answer.kind === 'problem') return { state: 'failed', problem: answer.problem };
    if (parts.length === 0) parts.push(answer.value.heading);
    parts.push(answer.value.lines);
    rows += answer.value.rows;
    after = answer.value.next;
  } while (after !== null);
  saveFile(`ledger-${new Date().toISOString().slice(0, 10)}.csv`, parts);
  return { state: 'done', rows };
}

async function askForPart(filter: LedgerFilter, after: string | null) {
  for (const waitMs of WAITS_MS) {
    const answer = await ask<LedgerExport>(invoke('admin.ledgerExport', { filter, after }));
    const mayPass =
      answer.kind === 'problem' &&
      (answer.problem.code === 'storage' || answer.problem.code === 'noAnswer' || answer.problem.code === 'jira');
    if (!mayPass) return answer;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return ask<LedgerExport>(invoke('admin.ledgerExport', { filter, after }));
}
