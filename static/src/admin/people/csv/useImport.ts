import { useState } from 'react';
import type { PageProblem } from '../../../shared/ask';
import { locale } from '../../../i18n';
import { readText } from '../../../shared/table';
import { parseLinks, type FileFault, type ParsedFile } from './parseLinks';
import { links, pairsOf, reportOf, type ReportRow, type RowVerdict } from './report';
import { previewImport, runImport } from './transfer';

/** Where an import stands. Nothing is stored before `importing`. */
type ImportState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'refused'; readonly fault: FileFault }
  | { readonly phase: 'checking' | 'importing'; readonly done: number; readonly total: number }
  | {
      readonly phase: 'preview' | 'finished';
      readonly report: readonly ReportRow[];
      readonly problem: PageProblem | null;
    };

const NOTHING: ParsedFile = { rows: [], unused: [], titles: [], blankLines: 0 };

/** An import, step by step: a file, a look at what it would do, and the confirmation. */
export type LinkImport = {
  readonly state: ImportState;
  /** The file that was chosen last, as it was read. */
  readonly file: ParsedFile;
  readonly replace: boolean;
  readonly choose: (file: File) => void;
  readonly setReplace: (replace: boolean) => void;
  readonly confirm: () => void;
  readonly reset: () => void;
};

/** @param onImported called when links were stored, or may have been */
export function useImport(onImported: () => void): LinkImport {
  const [read, setRead] = useState<ParsedFile>(NOTHING);
  const [state, setState] = useState<ImportState>({ phase: 'idle' });
  const [replace, setReplace] = useState(false);

  const check = async (wanted: ParsedFile['rows'], withReplace: boolean): Promise<void> => {
    const pairs = pairsOf(wanted);
    setState({ phase: 'checking', done: 0, total: pairs.length });
    const { verdicts, problem } = await previewImport(pairs, withReplace, (done) =>
      setState({ phase: 'checking', done, total: pairs.length }),
    );
    setState({ phase: 'preview', report: reportOf(wanted, verdicts), problem });
  };
  const choose = async (file: File): Promise<void> => {
    const decoded = await readText(file, locale());
    if (decoded.kind === 'notText') return setState({ phase: 'refused', fault: { code: 'notText' } });
    const parsed = parseLinks(decoded.text);
    if (parsed.kind === 'problem') return setState({ phase: 'refused', fault: parsed.problem });
    setRead(parsed.value);
    await check(parsed.value.rows, replace);
  };
  const confirm = async (): Promise<void> => {
    if (state.phase !== 'preview') return;
    const wanted = state.report.filter(links);
    const pairs = wanted.flatMap(({ pair }) => (pair === null ? [] : [pair]));
    setState({ phase: 'importing', done: 0, total: pairs.length });
    const { verdicts, problem } = await runImport(pairs, replace, (done) =>
      setState({ phase: 'importing', done, total: pairs.length }),
    );
    const verdictOf = new Map<number, RowVerdict>(wanted.map(({ line }, nth) => [line, verdicts[nth] ?? 'notReached']));
    setState({
      phase: 'finished',
      report: state.report.map((row) => ({ ...row, verdict: verdictOf.get(row.line) ?? row.verdict })),
      problem,
    });
    onImported();
  };

  return {
    state,
    file: read,
    replace,
    choose: (file) => void choose(file),
    setReplace: (wanted) => {
      setReplace(wanted);
      void check(read.rows, wanted);
    },
    confirm: () => void confirm(),
    reset: () => setState({ phase: 'idle' }),
  };
}
