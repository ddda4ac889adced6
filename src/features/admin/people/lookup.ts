import { z } from 'zod';
import { type Result, type LinkPair, type Problem, type ReporterLookup, ok, err } from '../../../contract';
import { fromJira, logFailure, parseInput } from '../../../usecases/result';
import { readEmail, readUsers } from '../../../adapters/jira';
import { memberById, personhoodOf, type EmailFact, type LinkState, type Reporter } from '../../../domain/people';
import type { SegmentWithMembers } from '../../../adapters/shorterloop';
import {
  noteReporters,
  readLink,
  writeLink,
  writeUnlinked,
  type LinkAct,
  type ReporterNote,
} from '../../../adapters/store';
import { askForFieldFill } from '../../../usecases/jobs';
import { matchPerson } from '../../../usecases/lookup';
import type { AdminRequest } from '../request';
import { openLookup, readForLookup } from './lookupContext';

/** An account id, as it may stand in a key of Forge's storage. */
export const accountIdSchema = z.string().regex(/^[\w:.-]{1,128}$/);
const lookupSchema = z.object({ accountId: accountIdSchema });
const pairSchema: z.ZodType<LinkPair> = z.object({ accountId: accountIdSchema, memberId: z.int().positive() });
const NO_ACCOUNT: Problem = { code: 'invalidInput', field: 'accountId', reason: { code: 'accountUnknown' } };

/** A Jira account: which member they are, or who there is to choose from. */
export async function reporter(_request: AdminRequest, payload: unknown): Promise<Result<ReporterLookup>> {
  const input = parseInput(lookupSchema, payload);
  if (input.kind === 'problem') return input;
  const looked = await look(input.value.accountId, []);
  return looked.kind === 'ok' ? ok(await viewAs(looked.value, looked.value.link)) : looked;
}

/** Links a Jira account by hand to a member that Shorter Loop knows, in place of any other link. */
export async function linkReporter(
  { adminAccountId }: AdminRequest,
  payload: unknown,
): Promise<Result<ReporterLookup>> {
  const input = parseInput(pairSchema, payload);
  if (input.kind === 'problem') return input;
  const looked = await look(input.value.accountId, [input.value.memberId]);
  if (looked.kind === 'problem') return looked;
  const { user, segments } = looked.value;
  if (personhoodOf(user).kind === 'notAPerson') return err({ code: 'noMember', state: 'notAPerson' });
  if (memberById(segments, input.value.memberId).segmentIds.length === 0)
    return err({ code: 'invalidInput', field: 'memberId', reason: { code: 'inNoSegment' } });
  const link = await writeLink(user.accountId, input.value.memberId, 'manual', actOf(adminAccountId));
  await noteMatch(user.accountId, { state: 'linked', memberId: input.value.memberId });
  await askForFieldFill({ accountIds: [user.accountId] });
  return ok(await viewAs(looked.value, link));
}

/** Takes the link of a Jira account back; the app will not make it again on its own. */
export async function unlinkReporter(
  { adminAccountId }: AdminRequest,
  payload: unknown,
): Promise<Result<ReporterLookup>> {
  const input = parseInput(pairSchema, payload);
  if (input.kind === 'problem') return input;
  const { accountId, memberId } = input.value;
  const looked = await look(accountId, [memberId]);
  if (looked.kind === 'problem') return looked;
  const { link } = looked.value;
  if (link.state !== 'linked' || link.memberId !== memberId) return err({ code: 'stale', reason: 'linkChanged' });
  const unlinked = await writeUnlinked(accountId, memberId, actOf(adminAccountId));
  const view = await viewAs(looked.value, unlinked);
  await noteMatch(accountId, stateOfMatch(view.match));
  await askForFieldFill({ accountIds: [accountId] });
  return ok(view);
}

/** Never throws: the link itself is stored, and the next look at the reporter puts it right. */
async function noteMatch(accountId: string, found: Pick<ReporterNote, 'state' | 'memberId'>): Promise<void> {
  await noteReporters([{ accountId, ...found, issues: 'known' }]).catch(
    (error: unknown) => void logFailure('people.note', error),
  );
}

/** What a match is to the identity sync, of somebody whose link was just taken back. */
function stateOfMatch(match: ReporterLookup['match']): Pick<ReporterNote, 'state' | 'memberId'> {
  switch (match.state) {
    case 'found':
      return { state: 'unlinked', memberId: match.member.id };
    case 'ambiguous':
      return { state: match.reason, memberId: null };
    case 'linked':
      return { state: 'linked', memberId: match.member.id };
    default:
      return { state: match.state, memberId: null };
  }
}

/** A change of links that an admin makes on the People tab, now. */
export function actOf(adminAccountId: string): LinkAct {
  return { byAccountId: adminAccountId, atMs: Date.now(), entryPoint: 'admin', issue: null };
}

type Looked = {
  readonly user: Reporter;
  readonly link: LinkState;
  readonly email: EmailFact;
  readonly segments: readonly SegmentWithMembers[];
};

/** @param memberIds members who may come in beside those whom link and e-mail name */
async function look(accountId: string, memberIds: readonly number[]): Promise<Result<Looked>> {
  const [users, link, lookup] = await Promise.all([readUsers([accountId]), readLink(accountId), openLookup()]);
  const found = fromJira(users, NO_ACCOUNT);
  if (found.kind === 'problem') return found;
  const user = found.value.find((one) => one.accountId === accountId);
  if (user === undefined) return err(NO_ACCOUNT);
  if (lookup.kind === 'problem') return lookup;
  // Asked for whatever the link: once it is taken back, the e-mail decides.
  const email = await readEmail(user);
  const linked = link.state === 'linked' ? [link.memberId] : [];
  const segments = await readForLookup(lookup.value, {
    memberIds: [...new Set([...memberIds, ...linked])],
    email: email.kind === 'email' ? email.email : null,
  });
  return segments.kind === 'ok' ? ok({ user, link, email, segments: segments.value }) : segments;
}

async function viewAs({ user, email, segments }: Looked, link: LinkState): Promise<ReporterLookup> {
  const personhood = personhoodOf(user);
  const match: ReporterLookup['match'] =
    personhood.kind === 'notAPerson'
      ? { state: 'notAPerson', reason: personhood.reason }
      : await matchPerson({ reporter: user, email }, link, segments);
  return { accountId: user.accountId, match, segments: segments.map(({ id, name }) => ({ id, name })) };
}
