import { HISTORY_LIMIT, isInScope, type LedgerEntry, type Match, ok, err, type Result } from '../../contract';
import { readIssueReporter, type IssueReporter } from '../../adapters/jira';
import { asOfMs, memberById, type Reporter } from '../../domain/people';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import { readKey, readMember, readToLook, recentEntries } from '../../adapters/store';
import { directoryFor, cachedSegments } from './readAffectedSegments';
import { fromJira } from '../result';
import { areReadsProven, connect } from '../connection';
import { matchOfNobody, NOT_VISIBLE, noMember, PROJECT_OFF, type NoMember, type Subject } from './subject';

/** A linked reporter as the directory tells of them; nothing was asked of Shorter Loop. */
export type CachedReporter = {
  readonly kind: 'cached';
  readonly issue: IssueReporter;
  readonly reporter: Reporter;
  readonly match: Extract<Match, { state: 'linked' }>;
  readonly segments: readonly SegmentWithMembers[];
  readonly history: readonly LedgerEntry[];
  /** Whether the reads are proven that a write needs. */
  readonly writesOn: boolean;
  /** Nothing in it is older, in milliseconds since the epoch. */
  readonly asOfMs: number;
};

/**
 * What a page that only shows a reporter starts with. With a directory and a link that is all: four
 * platform calls, none to Shorter Loop, and the key stays where it is. Anyone else is answered as by `readSubject`.
 */
export async function readOpening(
  issueIdOrKey: string,
): Promise<Result<NoMember | CachedReporter | { readonly kind: 'subject'; readonly subject: Subject }>> {
  const issue = fromJira(await readIssueReporter(issueIdOrKey), NOT_VISIBLE);
  if (issue.kind === 'problem') return issue;
  const { projectId, reporter } = issue.value;
  const notAMember = matchOfNobody(reporter);
  if (reporter === null || notAMember !== null)
    return noMember(projectId, reporter, notAMember ?? { state: 'noReporter' }, await readKey());
  const { settings, tokenBucket, scope, link, directoryMeta } = await readToLook(reporter.accountId);
  if (!isInScope(scope, projectId)) return err(PROJECT_OFF);
  const directory = settings === null ? null : directoryFor(settings.connection, directoryMeta);
  if (settings !== null && directory !== null && link.state === 'linked') {
    const writesOn = areReadsProven(settings.proofs, settings.connection.readPlan);
    const [member, history] = await Promise.all([
      readMember(link.memberId),
      recentEntries(reporter.accountId, HISTORY_LIMIT),
    ]);
    const segments = cachedSegments(directory, member);
    const match = { state: 'linked', member: memberById(segments, link.memberId), link: link.link } as const;
    return ok({
      kind: 'cached',
      issue: issue.value,
      reporter,
      match,
      segments,
      history,
      writesOn,
      asOfMs: asOfMs(directory, member),
    });
  }
  const connected = connect(settings, await readKey(), tokenBucket);
  if (connected.kind === 'problem') return connected;
  return ok({
    kind: 'subject',
    subject: { issue: issue.value, reporter, link, connected: connected.value, directoryMeta },
  });
}
