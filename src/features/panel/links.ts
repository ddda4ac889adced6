import { z } from 'zod';
import {
  PANEL_ACTS,
  type Result,
  type LinkInput,
  type Match,
  type PanelView,
  type SearchInput,
  type SearchResult,
  ok,
  err,
} from '../../contract';
import { askForFieldFill } from '../../usecases/jobs';
import { findMembers, authorizeChange, resolveReporter, type Subject } from '../../usecases/lookup';
import { parseInput } from '../../usecases/result';
import { memberById } from '../../domain/people';
import { writeLink, writeUnlinked, type LinkAct } from '../../adapters/store';
import { open, panelViewOfResolved } from './open';
import { linkedMemberId } from './linked';
import type { PanelRequest } from './request';

const linkSchema: z.ZodType<LinkInput> = z.object({ memberId: z.int().positive() });
const searchSchema: z.ZodType<SearchInput> = z.object({
  query: z.string().trim().min(2).max(320),
  segmentId: z.int().positive().exactOptional(),
});

/** Links the reporter by hand to a member that Shorter Loop knows. */
export async function link(request: PanelRequest, payload: unknown): Promise<Result<PanelView>> {
  const input = parseInput(linkSchema, payload);
  if (input.kind === 'problem') return input;
  const changeable = await authorizeChange(request.issueId, 'link', [], PANEL_ACTS);
  if (changeable.kind === 'problem') return changeable;
  const { memberId } = input.value;
  const act = actOf(request, changeable.value);
  const { byAccountId, atMs } = act;
  // Read as if they were linked already: the link is stored only once Shorter Loop has told of this member.
  const presumed: Subject = {
    ...changeable.value,
    link: { state: 'linked', memberId, link: { how: 'manual', byAccountId, atMs } },
  };
  const known = await resolveReporter(presumed, 'look');
  if (known.kind === 'problem') return known;
  const member = memberById(known.value.segments, memberId);
  if (member.segmentIds.length === 0)
    return err({ code: 'invalidInput', field: 'memberId', reason: { code: 'inNoSegment' } });
  const stored = await writeLink(known.value.reporter.accountId, memberId, 'manual', act);
  await askForFieldFill({ accountIds: [known.value.reporter.accountId] });
  const match: Match = stored.state === 'linked' ? { state: 'linked', member, link: stored.link } : known.value.match;
  return ok(panelViewOfResolved(request.viewerAccountId, known.value, changeable.value.refusals, { match }));
}

/** Takes the reporter's link back; the app will not make it again on its own. */
export async function unlink(request: PanelRequest, payload: unknown): Promise<Result<PanelView>> {
  const input = parseInput(linkSchema, payload);
  if (input.kind === 'problem') return input;
  const changeable = await authorizeChange(request.issueId, 'link');
  if (changeable.kind === 'problem') return changeable;
  const memberId = linkedMemberId(changeable.value, input.value.memberId);
  if (memberId.kind === 'problem') return memberId;
  const { accountId } = changeable.value.reporter;
  await writeUnlinked(accountId, memberId.value, actOf(request, changeable.value));
  await askForFieldFill({ accountIds: [accountId] });
  return open(request);
}

/** A change of links that a user makes on this issue, now. */
function actOf({ viewerAccountId }: PanelRequest, { issue: { issueId, issueKey } }: Subject): LinkAct {
  return { byAccountId: viewerAccountId, atMs: Date.now(), entryPoint: 'panel', issue: { issueId, issueKey } };
}

/**
 * Finds members to link by hand: part of a name, a whole e-mail address, or a member id. On a large site
 * addresses and ids are found by the directory, and names in the segment that was chosen. Names are read
 * from Shorter Loop each time. Whom a reporter is taken for decides whom a move moves: this needs what moving needs.
 */
export async function search(request: PanelRequest, payload: unknown): Promise<Result<SearchResult>> {
  const input = parseInput(searchSchema, payload);
  if (input.kind === 'problem') return input;
  const changeable = await authorizeChange(request.issueId, 'link');
  if (changeable.kind === 'problem') return changeable;
  const searched = await findMembers(changeable.value, input.value);
  return searched.kind === 'ok' ? ok(searched.value.found) : searched;
}
