import { DEFAULT_IDENTITY, type Match, type SyncState } from '../../contract';
import {
  identifyByEmail,
  matchReporter,
  membersByEmail,
  type EmailFact,
  type EmailIdentity,
  type LinkState,
  type Reporter,
} from '../../domain/people';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import {
  accountsByMember,
  claimMember,
  readContests,
  readEmailKeyOf,
  readIdentity,
  reportersByEmailKey,
  writeFirstLink,
} from '../../adapters/store';

/** A reporter with what Jira tells of their e-mail; null when nobody asked. */
export type Asked = { readonly reporter: Reporter; readonly email: EmailFact | null };
/** The ids of the members who have exactly one of these e-mails, by e-mail. */
type IdsOf = (emails: readonly string[]) => Promise<ReadonlyMap<string, readonly number[]>>;

/**
 * Who some accounts are by their e-mails, by account id. Whatever matches or links by e-mail goes this way: one
 * account or many, for a look, a count, a run or a change. Throws ForgeKvsError when storage fails.
 */
export async function identify(asked: readonly Asked[], idsOf: IdsOf): Promise<ReadonlyMap<string, EmailIdentity>> {
  const emails = new Set(asked.flatMap(({ email }) => (email?.kind === 'email' ? [email.email] : [])));
  const known = emails.size === 0 ? new Map<string, readonly number[]>() : await idsOf([...emails]);
  const candidatesOf = (email: EmailFact | null): readonly number[] =>
    email?.kind === 'email' ? (known.get(email.email) ?? []) : [];
  const settings = asked.some(({ reporter, email }) => isCustomer(reporter) && candidatesOf(email).length === 1)
    ? await readIdentity()
    : DEFAULT_IDENTITY;
  const alone = asked.map(({ reporter, email }) =>
    identifyByEmail(reporter, email, { candidates: candidatesOf(email), otherAccounts: [], settings }),
  );
  const accounts = await accountsOf(asked, alone);
  return new Map(
    asked.map(({ reporter, email }) => {
      const candidates = candidatesOf(email);
      const otherAccounts = candidates.flatMap((memberId) => accounts.get(memberId) ?? []);
      return [reporter.accountId, identifyByEmail(reporter, email, { candidates, otherAccounts, settings })];
    }),
  );
}

/**
 * The accounts that each member has by a link, or would have among those who are asked about, or among those who are
 * known to have the address: two accounts of one address are as little decided as two members of one.
 */
async function accountsOf(
  asked: readonly Asked[],
  alone: readonly EmailIdentity[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const wanted = new Map<number, Asked[]>();
  for (const [place, one] of asked.entries()) {
    const identity = alone[place];
    if (identity?.kind !== 'certain') continue;
    wanted.set(identity.memberId, [...(wanted.get(identity.memberId) ?? []), one]);
  }
  const linked = await accountsByMember([...wanted.keys()]);
  const others = await contestersOf(wanted);
  return new Map(
    [...wanted].map(([memberId, accounts]) => [
      memberId,
      [
        ...accounts.map(({ reporter }) => reporter.accountId),
        ...(linked.get(memberId) ?? []),
        ...(others.get(memberId) ?? []),
      ],
    ]),
  );
}

/** The states of those who have an address that another account has too; "not now" is no answer to whose it is. */
const CONTESTING: readonly SyncState[] = ['memberLinked', 'skipped'];
/** Somebody else, where nobody knows yet who. */
const ANOTHER = 'another';

/**
 * Accounts that were seen with the same address before, where none of them was linked because of the others. One whose
 * address has changed since, who was deactivated or who is no person stands in nobody's way any more.
 */
async function contestersOf(
  wanted: ReadonlyMap<number, readonly Asked[]>,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const contests = await readContests([...wanted.keys()], Date.now());
  if (contests.size === 0) return new Map();
  const keyOf = await readEmailKeyOf();
  const found = await Promise.all(
    [...contests].map(async ([memberId, { emailKey, isRecent }]): Promise<readonly [number, readonly string[]]> => {
      const keys = (wanted.get(memberId) ?? []).map(({ email }) =>
        email?.kind === 'email' ? keyOf?.(email.email) : null,
      );
      // It was another address of theirs.
      if (!keys.includes(emailKey)) return [memberId, []];
      if (isRecent) return [memberId, [ANOTHER]];
      const known = await reportersByEmailKey(emailKey);
      return [memberId, known.flatMap(({ accountId, state }) => (CONTESTING.includes(state) ? [accountId] : []))];
    }),
  );
  return new Map(found);
}

function isCustomer({ accountType }: Reporter): boolean {
  return accountType === 'customer';
}

/** Which member a reporter is, as far as a link or their e-mail says. Throws ForgeKvsError when storage fails. */
export async function matchPerson(
  { reporter, email }: Asked,
  link: LinkState,
  segments: readonly SegmentWithMembers[],
): Promise<ReturnType<typeof matchReporter>> {
  const candidates =
    link.state !== 'linked' && email?.kind === 'email' ? membersByEmail(segments, email.email).map(({ id }) => id) : [];
  const identities =
    link.state === 'linked'
      ? null
      : await identify([{ reporter, email }], async (emails) => new Map(emails.map((one) => [one, candidates])));
  const identity = identities?.get(reporter.accountId) ?? { kind: 'hidden', reason: 'unavailable' };
  return matchReporter(link, identity, segments, candidates);
}

/**
 * {@link matchPerson}, and the link is stored when the e-mail decides, nobody has linked or unlinked them and an admin
 * lets the app link by itself. Throws ForgeKvsError when storage fails.
 */
export async function linkWhenCertain(
  asked: Asked,
  link: LinkState,
  segments: readonly SegmentWithMembers[],
): Promise<Match> {
  const match = await matchPerson(asked, link, segments);
  if (match.state !== 'found' || link.state !== 'none' || !(await readIdentity()).isAutomatic) return match;
  const { accountId } = asked.reporter;
  const atMs = Date.now();
  const operationId = await claimMember(match.member.id, accountId, atMs);
  // Somebody else with this address is being linked in this moment.
  if (operationId === null) return { state: 'ambiguous', reason: 'memberLinked', candidates: [match.member] };
  const stored = await writeFirstLink(accountId, match.member.id, operationId, {
    byAccountId: null,
    atMs,
    entryPoint: 'app',
    issue: null,
  });
  return stored.state === 'linked' ? matchPerson(asked, stored, segments) : match;
}
