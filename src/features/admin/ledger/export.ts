import { csvLine, type Result, type CsvCell, type LedgerRecord, type LedgerExport, ok } from '../../../contract';
import { parseInput } from '../../../usecases/result';
import { searchLedger } from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { apiClientsOf, pageSchema } from './page';

/** How many searches one part of the export takes: about two seconds, a part of a few hundred kilobytes. */
const SEARCHES = 10;
/** How many entries one search answers. */
const AT_ONCE = 100;

const HEADING = [
  'time',
  'kind',
  'outcome',
  'reason',
  'entryPoint',
  'member_id',
  'from_id',
  'from_name',
  'to_id',
  'to_name',
  'issue',
  'by_account',
  'reporter_account',
  'status',
  'cause',
  'operation',
  'undoes',
  'link_origin',
  'run',
  'apiClient',
  'caller_name',
];

/**
 * The next part of the ledger as CSV. The page puts the parts together, so that no single call has to
 * carry all of it. Texts that a spreadsheet would take for a formula are made harmless.
 */
export async function ledgerExport(_request: AdminRequest, payload: unknown): Promise<Result<LedgerExport>> {
  const input = parseInput(pageSchema, payload);
  if (input.kind === 'problem') return input;
  const { filter } = input.value;
  const found: LedgerRecord[] = [];
  let after = input.value.after;
  for (let searched = 0; searched < SEARCHES; searched += 1) {
    const { entries, next } = await searchLedger(filter, after, AT_ONCE);
    found.push(...entries);
    after = next;
    if (next === null) break;
  }
  const apiClients = await apiClientsOf(found);
  return ok({
    heading: csvLine(HEADING),
    lines: found.map((entry) => csvLine(cellsOf(entry, apiClients))).join(''),
    rows: found.length,
    next: after,
  });
}

function cellsOf(entry: LedgerRecord, apiClients: ReadonlyMap<string, string>): CsvCell[] {
  const { from, to, answer, members } = entry;
  const [member] = members;
  return [
    new Date(entry.intendedAtMs).toISOString(),
    entry.kind,
    entry.state === 'finished' ? (member?.outcome ?? null) : 'unfinished',
    member?.reason ?? null,
    entry.entryPoint,
    member?.memberId ?? null,
    from?.id ?? null,
    from?.name ?? null,
    to?.id ?? null,
    to?.name ?? null,
    entry.issueKey,
    entry.actorAccountId,
    entry.reporterAccountId,
    answer?.status ?? null,
    answer?.cause ?? null,
    entry.operationId,
    entry.undoes,
    'how' in entry ? entry.how : null,
    entry.runId,
    entry.apiClientId,
    entry.apiClientId === null ? null : (apiClients.get(entry.apiClientId) ?? null),
  ];
}
