import { ok, type Result } from '../../contract';
import { pointsOfEmails } from '../../adapters/jira';
import { inGroupsOf, noteReporters, type ReporterNote } from '../../adapters/store';
import { lookAtReporters, type ReporterFinding } from '../../usecases/lookup';
import type { Reporter } from '../../domain/people';
import type { SyncTools } from './tools';

/** How many reporters are looked at in one go: what is lost with a process is found again in as many calls. */
const REPORTERS_AT_ONCE = 100;
/**
 * What looking at a reporter writes and reads, in units of storage: a claim, a link, its row in the ledger and a share
 * of the transaction with their own row; two queries and a share of what is read for many. Measured by the benchmark of
 * scale, with some room: less than half of what Forge gives a minute is planned.
 */
const WRITE_UNITS = 3.3;
const READ_UNITS = 2.5;

/**
 * Looks at reporters, links who is certain, and notes what was found. Throws ForgeKvsError when storage fails.
 * @returns what it cost, in Jira's points
 */
export async function lookAndNote(
  reporters: readonly Reporter[],
  issuesOf: (accountId: string) => ReporterNote['issues'],
  { storageLimiter, look }: SyncTools,
): Promise<Result<number>> {
  let points = 0;
  for (const group of inGroupsOf(reporters, REPORTERS_AT_ONCE)) {
    await storageLimiter.spend('read', READ_UNITS * group.length);
    await storageLimiter.spend('write', WRITE_UNITS * group.length);
    const found = await lookAtReporters(group, look);
    if (found.kind === 'problem') return found;
    const notes = notesOf(found.value, issuesOf);
    points += pointsOfEmails(notes.filter((note) => 'emailKey' in note).length);
    await noteReporters(notes);
  }
  return ok(points);
}

/** What was found of reporters, as it is noted. */
export function notesOf(
  found: ReadonlyMap<string, ReporterFinding>,
  issuesOf: (accountId: string) => ReporterNote['issues'],
): ReporterNote[] {
  return [...found].map(([accountId, { link: _link, ...finding }]) => ({
    accountId,
    ...finding,
    issues: issuesOf(accountId),
  }));
}
