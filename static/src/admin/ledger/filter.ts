import { WHOLE_LEDGER, type EntryPoint, type LedgerFilter, type LedgerKind, type LedgerOutcome } from '@contract';
import type { FoundPerson } from '../../shared/findPeople';

/** An API client, with what it is told by. */
type NarrowedApiClient = { readonly id: string; readonly name: string };

/** The search as typed. Days are as a date field has them: `2026-03-31`, in the viewer's time zone. */
export type FilterForm = {
  /** As typed or pasted. */
  readonly operationId: string;
  readonly actor: FoundPerson | null;
  readonly reporter: FoundPerson | null;
  readonly memberId: string;
  readonly segmentId: string;
  readonly kind: LedgerKind | 'any';
  readonly outcome: LedgerOutcome | 'any';
  readonly entryPoint: EntryPoint | 'any';
  readonly from: string;
  readonly until: string;
  readonly runId: string | null;
  readonly apiClient: NarrowedApiClient | null;
};

/** The fields that can be wrong. */
export type WrongField = 'operationId' | 'memberId' | 'segmentId' | 'until';

/** A search that does not narrow. */
export const NO_FILTER: FilterForm = {
  operationId: '',
  actor: null,
  reporter: null,
  memberId: '',
  segmentId: '',
  kind: 'any',
  outcome: 'any',
  entryPoint: 'any',
  from: '',
  until: '',
  runId: null,
  apiClient: null,
};

/** What a search stands for, or the field that is wrong. */
export function filterOf(
  form: FilterForm,
): { readonly kind: 'filter'; readonly filter: LedgerFilter } | { readonly kind: 'wrong'; readonly field: WrongField } {
  const operationId = operationIdIn(form.operationId);
  if (operationId === undefined) return { kind: 'wrong', field: 'operationId' };
  const memberId = idOf(form.memberId);
  if (memberId === undefined) return { kind: 'wrong', field: 'memberId' };
  const segmentId = idOf(form.segmentId);
  if (segmentId === undefined) return { kind: 'wrong', field: 'segmentId' };
  const fromMs = startOfDay(form.from, 0);
  const untilMs = startOfDay(form.until, 1);
  if (fromMs !== null && untilMs !== null && untilMs <= fromMs) return { kind: 'wrong', field: 'until' };
  const filter: LedgerFilter = {
    ...WHOLE_LEDGER,
    operationId,
    actorAccountId: form.actor?.accountId ?? null,
    reporterAccountId: form.reporter?.accountId ?? null,
    memberId,
    segmentId,
    kind: form.kind === 'any' ? null : form.kind,
    outcome: form.outcome === 'any' ? null : form.outcome,
    entryPoint: form.entryPoint === 'any' ? null : form.entryPoint,
    runId: form.runId,
    apiClientId: form.apiClient?.id ?? null,
    fromMs,
    untilMs,
  };
  return { kind: 'filter', filter };
}

/**
 * The operation id in a text, such as one that was copied from an audit log with the sentence around it; null for no
 * text, undefined for one without an id.
 */
function operationIdIn(text: string): string | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i.exec(trimmed)?.[0].toLowerCase();
}

/** An id as typed, with or without `#`; null for none, undefined for what is no id. */
function idOf(text: string): number | null | undefined {
  const trimmed = text.trim().replace(/^#/, '');
  if (trimmed === '') return null;
  const id = /^\d{1,16}$/.test(trimmed) ? Number(trimmed) : 0;
  return id > 0 && Number.isSafeInteger(id) ? id : undefined;
}

/** When a day begins in the viewer's time zone, or one of the days after it; null for no day. */
function startOfDay(day: string, daysLater: number): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  return new Date(Number(year), Number(month) - 1, Number(date) + daysLater).getTime();
}
