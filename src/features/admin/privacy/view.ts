import type { Answer, PrivacyView } from '../../../contract';
import { ok } from '../../../usecases/result';
import { readReportCycle, readRetention } from '../../../adapters/store';

/** How far the reports to Atlassian have come, and how long the ledger is kept. */
export async function privacyView(): Promise<Answer<PrivacyView>> {
  const [cycle, { days }] = await Promise.all([readReportCycle(), readRetention()]);
  if (cycle === null) return ok({ cycle: null, ledgerDays: days });
  const { startedAtMs, finishedAtMs, reported, erased } = cycle;
  return ok({ cycle: { startedAtMs, finishedAtMs, reported, erased }, ledgerDays: days });
}
