import { z } from 'zod';
import { PANEL_ACTS, err, ok, type InviteInput, type InviteResult, type Result } from '../../contract';
import { readEmail } from '../../adapters/jira';
import { requireReads } from '../../usecases/connection';
import { authorizeChange, resolveReporter, updateDirectory, type AffectedSegments } from '../../usecases/lookup';
import { parseInput } from '../../usecases/result';
import { manage } from '../../usecases/write';
import { toSegmentRef } from '../../domain/segments';
import { panelViewOfResolved } from './open';
import { inviteRefusal } from './view';
import type { PanelRequest } from './request';

const inviteSchema: z.ZodType<InviteInput> = z.object({ toSegmentId: z.int().positive() });

/**
 * Adds a reporter whom no segment has to one, by the email address that Jira tells: it goes to Shorter Loop, which may
 * write to them, and is kept nowhere. Who was found meanwhile is not added a second time.
 */
export async function invite(request: PanelRequest, payload: unknown): Promise<Result<InviteResult>> {
  const input = parseInput(inviteSchema, payload);
  if (input.kind === 'problem') return input;
  const { toSegmentId } = input.value;
  const subject = await authorizeChange(request.issueId, 'add', [], PANEL_ACTS);
  if (subject.kind === 'problem') return subject;
  const { connected, reporter, issue, refusals } = subject.value;
  const refused = inviteRefusal(connected.proofs);
  if (refused !== null) return err(refused);
  const writable = requireReads(connected);
  if (writable.kind === 'problem') return writable;
  const withTarget: AffectedSegments = (_segments, memberSegmentIds) => [...memberSegmentIds, toSegmentId];
  const before = await resolveReporter(subject.value, 'look', withTarget);
  if (before.kind === 'problem') return before;
  const { match, segments } = before.value;
  if (match.state === 'linked' || match.state === 'found') return err({ code: 'stale', reason: 'linkChanged' });
  const email = await readEmail(reporter);
  if (match.state !== 'notFound' || email.kind !== 'email') return err({ code: 'noMember', state: match.state });
  const to = segments.find(({ id }) => id === toSegmentId);
  if (to === undefined) return err({ code: 'stale', reason: 'targetGone' });
  if (to.unreadable !== undefined) return err({ code: 'segmentUnreadable', segmentId: toSegmentId });
  const people = [{ email: email.email, firstName: null, lastName: null }];
  const { viewerAccountId: actorAccountId } = request;
  const about = { reporterAccountId: reporter.accountId, issueId: issue.issueId, issueKey: issue.issueKey };
  const managed = await manage(
    writable.value,
    { route: 'addByEmail', segmentId: toSegmentId, people },
    { entryPoint: 'panel', actorAccountId, ...about },
  );
  if (managed.kind === 'problem') return managed;
  const after = await resolveReporter(subject.value, 'look', withTarget);
  // They have joined all the same, where it can't be read any more: the page then shows what it knew.
  const known = after.kind === 'ok' ? after.value : before.value;
  if (known.match.state === 'linked')
    await updateDirectory(known.directoryMeta, {
      memberId: known.match.member.id,
      segments: known.segments,
      live: known.reading.live,
    });
  const view = panelViewOfResolved(actorAccountId, known, refusals);
  return ok({ outcome: managed.value.outcome, to: toSegmentRef(to), view });
}
