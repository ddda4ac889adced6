import { type Result, type PrivacyView, ok } from '../../../contract';
import { readReportCycle, readRetention } from '../../../adapters/store';

/** How far the reports to Atlassian have come, and how long the ledger is kept. */
export async function privacyView(): Promise<Result<PrivacyView>> {
  const [cycle, { days }] = await Promise.all([readReportCycle(), readRetention()]);
  if (cycle === null) return ok({ cycle: null, ledgerDays: days });
  const { startedAtMs, finishedAtMs, reported, erased } = cycle;
  return ok({ cycle: { startedAtMs, finishedAtMs, reported, erased }, ledgerDays: days });
}
