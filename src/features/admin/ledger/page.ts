import { z } from 'zod';
import {
  ENTRY_POINTS,
  LEDGER_KINDS,
  LEDGER_OUTCOMES,
  type Result,
  type LedgerRecord,
  type LedgerFilter,
  type LedgerPage,
  type LedgerPageInput,
  ok,
} from '../../../contract';
import { parseInput } from '../../../usecases/result';
import { findRuleFailure, readApiClientNames, searchLedger, timeOfSequence } from '../../../adapters/store';
import type { AdminRequest } from '../request';

/** How many entries the page shows at once. */
const PAGE = 50;

const id = z.string().min(1).max(200);
const timeMs = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const filterSchema: z.ZodType<LedgerFilter> = z.object({
  operationId: z
    .string()
    .regex(/^[\w.:-]{1,200}$/)
    .nullable(),
  actorAccountId: id.nullable(),
  reporterAccountId: id.nullable(),
  memberId: z.int().positive().nullable(),
  segmentId: z.int().positive().nullable(),
  kind: z.enum(LEDGER_KINDS).nullable(),
  outcome: z.enum(LEDGER_OUTCOMES).nullable(),
  entryPoint: z.enum(ENTRY_POINTS).nullable(),
  runId: id.nullable(),
  apiClientId: id.nullable(),
  fromMs: timeMs.nullable(),
  untilMs: timeMs.nullable(),
});

/** What is asked for a part of the ledger. */
export const pageSchema: z.ZodType<LedgerPageInput> = z.object({
  filter: filterSchema,
  after: z
    .string()
    .regex(/^\d{15}#[\w.:-]{1,200}$/)
    .nullable(),
});

/**
 * A part of the ledger, newest first: three platform calls at most, the question whether the user is an
 * admin among them. Where API clients asked, one or two more tell their names.
 */
export async function ledgerPage(_request: AdminRequest, payload: unknown): Promise<Result<LedgerPage>> {
  const input = parseInput(pageSchema, payload);
  if (input.kind === 'problem') return input;
  const { filter, after } = input.value;
  const [{ entries, next }, ruleFailure] = await Promise.all([
    searchLedger(filter, after, PAGE),
    filter.operationId === null ? null : findRuleFailure(filter.operationId, Date.now()),
  ]);
  const apiClients = Object.fromEntries(await apiClientsOf(entries));
  return ok({ entries, apiClients, next, lookedBackToMs: next === null ? null : timeOfSequence(next), ruleFailure });
}

/** The names of the API clients who asked for these entries, by id; one that was revoked has none. */
export function apiClientsOf(entries: readonly LedgerRecord[]): Promise<ReadonlyMap<string, string>> {
  return readApiClientNames(entries.flatMap(({ apiClientId }) => apiClientId ?? []));
}
