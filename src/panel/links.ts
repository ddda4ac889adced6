import { z } from 'zod';
import type { Answer, LinkInput, PanelView, SearchInput, SearchResult } from '../contract';
import { ok, parseInput, problem, readChangeable, readKnown, type KnownReporter, type Step } from '../flow';
import { memberById, searchMembers, type LinkState } from '../people';
import { writeLink, writeUnlinked } from '../store';
import { open, viewOfKnown } from './open';
import { linkedMemberId } from './linked';
import type { PanelRequest } from './request';

const linkSchema: z.ZodType<LinkInput> = z.object({ memberId: z.int().positive() });
const searchSchema: z.ZodType<SearchInput> = z.object({ query: z.string().trim().min(2).max(320) });

/** Links the reporter by hand to a member that Shorter Loop knows. */
export async function link(request: PanelRequest, payload: unknown): Promise<Answer<PanelView>> {
  const input = parseInput(linkSchema, payload);
  if (input.kind === 'problem') return input;
  const known = await readForLinking(request);
  if (known.kind === 'problem') return known;
  const member = memberById(known.value.segments, input.value.memberId);
  if (member.segmentIds.length === 0) return problem({ code: 'invalidInput', field: 'memberId', reason: { code: 'inNoSegment' } });
  const act = { byAccountId: request.viewerAccountId, atMs: Date.now() };
  const stored = await writeLink(known.value.reporter.accountId, member.id, 'manual', act);
  return ok(viewOfKnown(request.viewerAccountId, known.value, { match: linkedMatch(stored, known.value, member.id) }));
}

/** Takes the reporter's link back; the app will not make it again on its own. */
export async function unlink(request: PanelRequest, payload: unknown): Promise<Answer<PanelView>> {
  const input = parseInput(linkSchema, payload);
  if (input.kind === 'problem') return input;
  const changeable = await readChangeable(request.issueId, 'move');
  if (changeable.kind === 'problem') return changeable;
  const memberId = linkedMemberId(changeable.value, input.value.memberId);
  if (memberId.kind === 'problem') return memberId;
  const act = { byAccountId: request.viewerAccountId, atMs: Date.now() };
  await writeUnlinked(changeable.value.reporter.accountId, memberId.value, act);
  return open(request);
}

/** Finds members to link by hand: part of a name, a whole e-mail address, or a member id. */
export async function search(request: PanelRequest, payload: unknown): Promise<Answer<SearchResult>> {
  const input = parseInput(searchSchema, payload);
  if (input.kind === 'problem') return input;
  const known = await readForLinking(request);
  if (known.kind === 'problem') return known;
  return ok(searchMembers(known.value.segments, input.value.query));
}

/** Whom a reporter is taken for decides whom a move moves: linking needs what moving needs. */
async function readForLinking(request: PanelRequest): Promise<Step<KnownReporter>> {
  const changeable = await readChangeable(request.issueId, 'move');
  return changeable.kind === 'ok' ? readKnown(changeable.value, 'look') : changeable;
}

function linkedMatch(stored: LinkState, { segments, match }: KnownReporter, memberId: number): KnownReporter['match'] {
  if (stored.state !== 'linked') return match;
  return { state: 'linked', member: memberById(segments, memberId), link: stored.link };
}
