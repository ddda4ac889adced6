import { useState } from 'react';
import type { PageProblem } from '../../../shared/ask';
import { parseLinks, type ParsedFile, type ParsedRow } from './parseLinks';
import { links, pairsOf, reportOf, type ReportRow, type RowVerdict } from './report';
import { previewImport, runImport } from './transfer';

/** Where an import stands. Nothing is stored before `importing`. */
type ImportState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'refused'; readonly why: Extract<ParsedFile, { kind: 'refused' }>['why'] }
  | { readonly phase: 'checking' | 'importing'; readonly done: number; readonly total: number }
  | {
      readonly phase: 'preview' | 'finished';
      readonly report: readonly ReportRow[];
      readonly problem: PageProblem | null;
    };

/** An import, step by step: a file, a look at what it would do, and the confirmation. */
export type LinkImport = {
  readonly state: ImportState;
  readonly replace: boolean;
  readonly choose: (file: File) => void;
  readonly setReplace: (replace: boolean) => void;
  readonly confirm: () => void;
  readonly reset: () => void;
};

/** @param onImported called when links were stored, or may have been */
export function useImport(onImported: () => void): LinkImport {
  const [rows, setRows] = useState<readonly ParsedRow[]>([]);
  const [state, setState] = useState<ImportState>({ phase: 'idle' });
  const [replace, setReplace] = useState(false);

  const check = async (wanted: readonly ParsedRow[], withReplace: boolean): Promise<void> => {
    const pairs = pairsOf(wanted);
    setState({ phase: 'checking', done: 0, total: pairs.length });
    const { verdicts, problem } = await previewImport(pairs, withReplace, (done) =>
      setState({ phase: 'checking', done, total: pairs.length }),
    );
    setState({ phase: 'preview', report: reportOf(wanted, verdicts), problem });
  };
  const choose = async (file: File): Promise<void> => {
    const parsed = parseLinks(await file.text());
    if (parsed.kind === 'refused') return setState({ phase: 'refused', why: parsed.why });
    setRows(parsed.rows);
    await check(parsed.rows, replace);
  };
  const confirm = async (): Promise<void> => {
    if (state.phase !== 'preview') return;
    const wanted = state.report.filter(links);
    const pairs = wanted.flatMap(({ pair }) => (pair === null ? [] : [pair]));
    setState({ phase: 'importing', done: 0, total: pairs.length });
    const { verdicts, problem } = await runImport(pairs, replace, (done) =>
      setState({ phase: 'importing', done, total: pairs.length }),
    );
    const verdictOf = new Map<number, RowVerdict>(wanted.map(({ row }, nth) => [row, verdicts[nth] ?? 'notReached']));
    setState({
      phase: 'finished',
      report: state.report.map((row) => ({ ...row, verdict: verdictOf.get(row.row) ?? row.verdict })),
      problem,
    });
    onImported();
  };

  return {
    state,
    replace,
    choose: (file) => void choose(file),
    setReplace: (wanted) => {
      setReplace(wanted);
      void check(rows, wanted);
    },
    confirm: () => void confirm(),
    reset: () => setState({ phase: 'idle' }),
  };
}
