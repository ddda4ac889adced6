import { type BulkVerdict, ok, type Result } from '../../../contract';
import { spendJiraPoints } from '../../../usecases/connection';
import { identify, keepCertain, readMemberIndex } from '../../../usecases/lookup';
import { pointsOfEmails, readEmails } from '../../../adapters/jira';
import { personhoodOf, type EmailIdentity, type LinkState, type Reporter } from '../../../domain/people';
import { placeOf, type NewPerson, type PersonVerdict, type Run } from '../../../domain/runs';
import { readLinks } from '../../../adapters/store';
import type { RunRefusal } from '../access';
import type { BulkRequest } from './request';

/**
 * Someone of whom a step has read, with the issue by which they were found; `leftOut` says why none of their issues
 * lets the user move them.
 */
export type FoundReporter = {
  readonly reporter: Reporter;
  readonly issueId: string | null;
  readonly issueKey: string | null;
  readonly projectId: string | null;
  readonly leftOut: RunRefusal | null;
};

/**
 * People of a step with what would happen to them, and as of when Shorter Loop's members are told; null for just now.
 */
export type Matched = { readonly people: readonly NewPerson[]; readonly asOfMs: number | null };

type Judgement = PersonVerdict & Pick<NewPerson, 'memberId'>;

/**
 * Which member each of these is, and where the run lets them go: links first, then e-mails, many in one
 * question each. Whoever is certain is linked, where the app may do so by itself; Shorter Loop is only read. Throws
 * ForgeKvsError when storage fails.
 */
export async function matchPeople(
  { connection, directoryMeta }: Pick<BulkRequest, 'connection' | 'directoryMeta'>,
  { act }: Pick<Run, 'act'>,
  found: readonly FoundReporter[],
): Promise<Result<Matched>> {
  if (connection.kind === 'problem') return connection;
  const people = found.filter(({ reporter, leftOut }) => leftOut === null && personhoodOf(reporter).kind === 'person');
  const links = await readLinks(people.map(({ reporter }) => reporter.accountId));
  const linkOf = ({ accountId }: Reporter): LinkState => links.get(accountId) ?? { state: 'none' };
  const unlinked = people.map(({ reporter }) => reporter).filter((reporter) => linkOf(reporter).state === 'none');
  const spent = unlinked.length === 0 ? ok(null) : await spendJiraPoints(pointsOfEmails(unlinked.length));
  if (spent.kind === 'problem') return spent;
  const [index, emails] = await Promise.all([readMemberIndex(connection.value, directoryMeta), readEmails(unlinked)]);
  if (index.kind === 'problem') return index;
  const identities = await identify(
    unlinked.map((reporter) => ({ reporter, email: emails.get(reporter.accountId) ?? null })),
    index.value.idsOf,
  );
  await keepCertain(
    unlinked.filter(({ accountId }) => isWorthKeeping(identities.get(accountId))),
    {
      entryPoint: 'bulk',
      issue: null,
      emails,
      open: () => Promise.resolve(ok({ index: index.value, connected: connection.value })),
    },
  );
  const memberOf = ({
    reporter,
    leftOut,
  }: FoundReporter): { readonly memberId: number } | { readonly verdict: BulkVerdict } => {
    if (leftOut !== null) return { verdict: leftOut };
    if (personhoodOf(reporter).kind !== 'person') return { verdict: 'notAPerson' };
    const link = linkOf(reporter);
    if (link.state === 'unlinked') return { verdict: 'unlinked' };
    return link.state === 'linked' ? { memberId: link.memberId } : byEmail(identities.get(reporter.accountId));
  };
  const members = found.map(memberOf);
  const segmentIdsOf = await index.value.segmentIdsOf(
    members.flatMap((member) => ('memberId' in member ? [member.memberId] : [])),
  );
  const judgementOf = (member: (typeof members)[number]): Judgement =>
    'verdict' in member
      ? { ...NOBODY, ...member }
      : { ...member, ...placeOf(act, segmentIdsOf.get(member.memberId) ?? [], index.value.segments) };
  const judgements = members.map(judgementOf);
  const judged = found.map(({ reporter, issueId, issueKey, projectId }, place): NewPerson => ({
    accountId: reporter.accountId,
    issueId,
    issueKey,
    projectId,
    undoes: null,
    ...(judgements[place] ?? NOBODY),
  }));
  return ok({ people: judged, asOfMs: index.value.asOfMs });
}

const NOBODY: Judgement = { memberId: null, verdict: 'notFound', ends: null, isInNone: false };

function byEmail(
  identity: EmailIdentity | undefined,
): { readonly memberId: number } | { readonly verdict: BulkVerdict } {
  switch (identity?.kind) {
    case undefined:
    case 'hidden':
      return { verdict: 'emailHidden' };
    case 'nobody':
      return { verdict: 'notFound' };
    case 'review':
      return { verdict: 'ambiguous' };
    case 'certain':
      return { memberId: identity.memberId };
  }
}

/** Who is certain, and who would be but for another account with the same address. */
function isWorthKeeping(identity: EmailIdentity | undefined): boolean {
  return identity?.kind === 'certain' || (identity?.kind === 'review' && identity.reason === 'memberLinked');
}
