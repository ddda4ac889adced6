import {
  MAX_IMPORT_ROWS,
  type ExportedLink,
  type ImportVerdict,
  type ImportVerdicts,
  type LinkPage,
  type LinkPair,
} from '@contract';
import { ask, type Asked, type PageProblem } from '../../../shared/ask';
import { invoke } from '../../api';

/** Told after each request, with how many rows are done. */
type OnProgress = (done: number) => void;
/** How far an import came: all verdicts, or those before a problem. Rows without a verdict were not looked at. */
export type Transferred = { readonly verdicts: readonly ImportVerdict[]; readonly problem: PageProblem | null };

/** Asks what an import would do with each row; stores nothing. */
export function previewImport(
  pairs: readonly LinkPair[],
  replace: boolean,
  onProgress: OnProgress,
): Promise<Transferred> {
  return inRequests(pairs, onProgress, (rows) => ask<ImportVerdicts>(invoke('admin.checkImport', { rows, replace })));
}

/** Imports rows, some at a time. After a problem the rest can be imported anew: what is linked already stays so. */
export function runImport(pairs: readonly LinkPair[], replace: boolean, onProgress: OnProgress): Promise<Transferred> {
  return inRequests(pairs, onProgress, (rows) => ask<ImportVerdicts>(invoke('admin.importLinks', { rows, replace })));
}

async function inRequests(
  pairs: readonly LinkPair[],
  onProgress: OnProgress,
  send: (rows: readonly LinkPair[]) => Promise<Asked<ImportVerdicts>>,
): Promise<Transferred> {
  const verdicts: ImportVerdict[] = [];
  for (let start = 0; start < pairs.length; start += MAX_IMPORT_ROWS) {
    const asked = await send(pairs.slice(start, start + MAX_IMPORT_ROWS));
    if (asked.kind === 'problem') return { verdicts, problem: asked.problem };
    verdicts.push(...asked.value.verdicts);
    onProgress(verdicts.length);
  }
  return { verdicts, problem: null };
}

/** All stored links. */
export async function fetchLinks(onProgress: OnProgress): Promise<Asked<readonly ExportedLink[]>> {
  const links: ExportedLink[] = [];
  for (let after: number | null = null; ;) {
    const asked: Asked<LinkPage> = await ask<LinkPage>(invoke('admin.exportLinks', { after }));
    if (asked.kind === 'problem') return asked;
    links.push(...asked.value.links);
    onProgress(links.length);
    if (asked.value.next === null) return { kind: 'ok', value: links };
    after = asked.value.next;
  }
}
