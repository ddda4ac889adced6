import { csvLine, type ReportPage, type ReportPoint, type RunPersonView, type RunView } from '@contract';
import { t } from '../i18n';
import { ask, type Asked } from '../shared/ask';
import { invoke } from './api';

/** What happens or happened to one person, in words. */
export function resultWords(
  run: RunView,
  { verdict, from, result, reason }: RunPersonView,
): { readonly verdict: string; readonly result: string } {
  const said = t(`bulk.verdict.${verdict}`);
  if (verdict !== 'willWrite' || run.startedAtMs === null) return { verdict: said, result: '' };
  return {
    verdict: said,
    result: [t(`bulk.result.${result ?? 'none'}`), reasonText(reason, from === null)]
      .filter((part) => part !== '')
      .join(t('common.separator')),
  };
}

const REASONS = [
  'readBackAgrees',
  'unchanged',
  'inBoth',
  'inNeither',
  'saidNo',
  'notSent',
  'notReadable',
  'notInSource',
  'alreadyInTarget',
  'sourceGone',
  'targetGone',
  'operationIdTaken',
  'linkChanged',
] as const;

/**
 * A reason in words; '' where there is none to tell.
 * @param isAdding whether it is about somebody who was to join a segment and to leave none
 */
export function reasonText(reason: string | null, isAdding: boolean): string {
  if (isAdding && reason === 'unchanged') return t('bulk.reason.notAdded');
  return reason !== null && isReason(reason) ? t(`bulk.reason.${reason}`) : '';
}

function isReason(reason: string): reason is (typeof REASONS)[number] {
  return REASONS.some((one) => one === reason);
}

/**
 * The whole report as CSV (RFC 4180), read page by page.
 * @param onProgress told how many people there are so far
 */
export async function readReportCsv(run: RunView, onProgress: (count: number) => void): Promise<Asked<string>> {
  const columns = ['issue', 'from', 'to', 'verdict', 'result'] as const;
  const lines = [csvLine(['accountId', 'memberId', ...columns.map((column) => t(`bulk.report.columns.${column}`))])];
  let after: ReportPoint | null = { group: 1, place: 0 };
  while (after !== null) {
    const page: Asked<ReportPage> = await ask(invoke('bulk.report', { runId: run.runId, after }));
    if (page.kind === 'problem') return page;
    for (const person of page.value.people) {
      const { verdict, result } = resultWords(run, person);
      lines.push(
        csvLine([
          person.accountId,
          person.memberId,
          person.issueKey,
          person.from?.name ?? null,
          person.to?.name ?? null,
          verdict,
          result,
        ]),
      );
    }
    onProgress(lines.length - 1);
    after = page.value.next;
  }
  return { kind: 'ok', value: lines.join('') };
}
