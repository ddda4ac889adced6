import type { SyncSummary } from '../../contract';
import { mayAdministerJira } from '../../adapters/jira';
import { readIdentitySync, readSyncTotals } from '../../adapters/store';
import { summaryOf } from '../../domain/people';
import { logFailure } from '../result';

/** Answers whether the viewer administers Jira, where that is known already. */
type AdminQuestion = () => Promise<boolean>;

/**
 * How many of the site's reporters are known, for whoever looks at what needs them; null where all are, and nothing is
 * left to say. Two reads of storage; Jira is asked about the viewer only where somebody has to decide. Never throws: it
 * stands beside what a page is for, which is of use without it.
 */
export async function readSyncSummary(administers: AdminQuestion = askJira): Promise<SyncSummary | null> {
  return summaryFor(administers).catch((error: unknown) => {
    logFailure('sync-summary', error);
    return null;
  });
}

async function summaryFor(administers: AdminQuestion): Promise<SyncSummary | null> {
  const [sync, totals] = await Promise.all([readIdentitySync(), readSyncTotals()]);
  const summary = summaryOf(sync, totals?.counts ?? null, Date.now());
  if (summary.phase === 'done' && summary.linked === summary.reporters && summary.marked === 0) return null;
  const isOpen = summary.review + summary.marked + summary.certain > 0;
  return { ...summary, mayReview: isOpen && (await administers()) };
}

async function askJira(): Promise<boolean> {
  const asked = await mayAdministerJira();
  return asked.kind === 'ok' && asked.value;
}
