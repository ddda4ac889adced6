import type { BulkVerdict } from '../contract';
import { readSegments, type Connected, type Step } from '../flow';
import { readEmails } from '../jira';
import { normalizeEmail, personhoodOf, type EmailFact, type LinkState, type Reporter, type SegmentWithPeople } from '../people';
import { placeOf, type NewPerson, type Run } from '../segments';
import type { SegmentWithMembers } from '../shorterloop';
import { readLinks } from '../store';

/** Someone of whom a step has read, with the issue by which they were found; `leftOut` says why none of their issues lets the user move them. */
export type Found = { readonly reporter: Reporter; readonly issueId: string | null; readonly issueKey: string | null; readonly leftOut: IssueRefusal | null };

/** Why nobody is moved because of an issue: the app is not switched on in its project, or the user may not move people there. */
export type IssueRefusal = Extract<BulkVerdict, 'projectOff' | 'notPermitted'>;

/** Shorter Loop's people, looked up by what Jira tells. */
type Whereabouts = { readonly segments: readonly SegmentWithMembers[]; readonly byEmail: ReadonlyMap<string, readonly number[]>; readonly segmentIds: ReadonlyMap<number, readonly number[]> };

/**
 * Which member each of these is, and where the run lets them go: links first, then e-mails, many in one
 * question each. Nothing is stored, and Shorter Loop is only read. Throws ForgeKvsError when storage fails.
 */
export async function matchPeople(connected: Connected, { act }: Pick<Run, 'act'>, found: readonly Found[]): Promise<Step<NewPerson[]>> {
  const people = found.filter(({ reporter, leftOut }) => leftOut === null && personhoodOf(reporter).kind === 'person');
  const links = await readLinks(people.map(({ reporter }) => reporter.accountId));
  const linkOf = ({ accountId }: Reporter): LinkState => links.get(accountId) ?? { state: 'none' };
  const unlinked = people.map(({ reporter }) => reporter).filter((reporter) => linkOf(reporter).state === 'none');
  const [segments, emails] = await Promise.all([readSegments(connected, 'look'), readEmails(unlinked)]);
  if (segments.kind === 'problem') return segments;
  const whereabouts = indexed(segments.value);
  const judgeOne = ({ reporter, leftOut }: Found): { readonly memberId: number | null; readonly verdict: BulkVerdict; readonly ends: NewPerson['ends'] } => {
    if (leftOut !== null) return nobody(leftOut);
    if (personhoodOf(reporter).kind !== 'person') return nobody('notAPerson');
    const link = linkOf(reporter);
    if (link.state === 'unlinked') return nobody('unlinked');
    const member = link.state === 'linked' ? { memberId: link.memberId } : byEmail(emails.get(reporter.accountId), whereabouts);
    if ('verdict' in member) return nobody(member.verdict);
    return { memberId: member.memberId, ...placeOf(act, whereabouts.segmentIds.get(member.memberId) ?? [], whereabouts.segments) };
  };
  return {
    kind: 'ok',
    value: found.map((one): NewPerson => ({ accountId: one.reporter.accountId, issueId: one.issueId, issueKey: one.issueKey, undoes: null, ...judgeOne(one) })),
  };
}

function byEmail(fact: EmailFact | undefined, { byEmail: members }: Whereabouts): { readonly memberId: number } | { readonly verdict: BulkVerdict } {
  if (fact?.kind !== 'email') return { verdict: 'emailHidden' };
  const [memberId, ...others] = members.get(normalizeEmail(fact.email)) ?? [];
  if (memberId === undefined) return { verdict: 'notFound' };
  return others.length > 0 ? { verdict: 'ambiguous' } : { memberId };
}

function nobody(verdict: BulkVerdict): { readonly memberId: null; readonly verdict: BulkVerdict; readonly ends: null } {
  return { memberId: null, verdict, ends: null };
}

function indexed(segments: readonly SegmentWithMembers[]): Whereabouts {
  const byEmail = new Map<string, number[]>();
  const segmentIds = new Map<number, number[]>();
  for (const segment of segments) for (const member of segment.members) note(segment, member, byEmail, segmentIds);
  return { segments, byEmail, segmentIds };
}

function note({ id: segmentId }: SegmentWithPeople, { id, email }: SegmentWithPeople['members'][number], byEmail: Map<string, number[]>, segmentIds: Map<number, number[]>): void {
  const known = segmentIds.get(id);
  if (known !== undefined) {
    known.push(segmentId);
    return;
  }
  segmentIds.set(id, [segmentId]);
  if (email === null) return;
  const key = normalizeEmail(email);
  byEmail.set(key, [...(byEmail.get(key) ?? []), id]);
}
