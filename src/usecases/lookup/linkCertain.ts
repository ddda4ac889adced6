import { err, ok, type Result, type SyncState } from '../../contract';
import { pointsOfEmails, readEmails, USERS_A_CALL } from '../../adapters/jira';
import {
  domainOfEmail,
  personhoodOf,
  stateOfLinked,
  stateOfUnlinked,
  type EmailFact,
  type EmailIdentity,
  type LinkState,
  type Reporter,
} from '../../domain/people';
import {
  claimMember,
  contestMember,
  forEachGroup,
  inGroupsOf,
  readIdentity,
  readLinks,
  readReporters,
  writeFirstLink,
  type KnownReporter,
  type LinkAct,
} from '../../adapters/store';
import { spendJiraPoints } from '../connection';
import { askForFieldFill } from '../jobs';
import { identify, type Asked } from './identify';
import { openIndex, type OpenIndex } from './openIndex';

/** What is known of a reporter once somebody looked. */
export type ReporterFinding = {
  readonly state: SyncState;
  /** The member whom they are linked to, or would be; null where there is none, or not one. */
  readonly memberId: number | null;
  readonly link: LinkState;
  /** The key of their address, null where Jira told none; left out where nobody asked for it. */
  readonly emailKey?: string | null;
  /** Of a customer with an address that a member has: its domain; null of everybody else. */
  readonly domain: string | null;
};

/** For what some reporters are looked at, and what is known before. */
export type ReporterLook = Pick<LinkAct, 'entryPoint' | 'issue'> & {
  /** In what they are looked up; read from storage or Shorter Loop when it is left out. */
  readonly open?: () => Promise<Result<OpenIndex>>;
  /** Addresses that were asked for already, by account id. */
  readonly emails?: ReadonlyMap<string, EmailFact>;
  /** Whether the addresses of those are asked for too whom their address has linked: it may have changed since. */
  readonly isThorough?: boolean;
  /** Points of Jira that are left to others. */
  readonly keptPoints?: number;
  /** Waits until so many calls may be made. */
  readonly takeFetches?: (fetches: number) => Promise<void>;
};

/**
 * Looks at reporters, many in a call, and links who is certain: where an admin lets the app link by itself, its reads
 * are proven, nobody unlinked them and nobody said that they are no person. Nobody is guessed, no member gets a second
 * account, and each link has its row in the ledger. The one way for everything that finds people: the identity sync,
 * events, runs, rules, API clients and agents. Doing it twice, or side by side, comes to the same. What was found is
 * the caller's to note. Throws ForgeKvsError when storage fails.
 * @returns a finding for each account; or the problem for which nobody was looked at
 */
export async function lookAtReporters(
  reporters: readonly Reporter[],
  look: ReporterLook,
): Promise<Result<ReadonlyMap<string, ReporterFinding>>> {
  const known = [...new Map(reporters.map((reporter) => [reporter.accountId, reporter])).values()];
  const people = known.filter((reporter) => personhoodOf(reporter).kind === 'person');
  const others = known.filter((reporter) => personhoodOf(reporter).kind !== 'person');
  const nobody = others.map(({ accountId }): [string, ReporterFinding] => [
    accountId,
    { state: 'notAPerson', memberId: null, link: { state: 'none' }, domain: null },
  ]);
  if (people.length === 0) return ok(new Map(nobody));
  const accountIds = people.map(({ accountId }) => accountId);
  const [links, rows] = await Promise.all([readLinks(accountIds), readReporters(accountIds)]);
  // First what costs no points.
  const opened = await (look.open ?? openIndex)();
  if (opened.kind === 'problem') return opened;
  const emails = await emailsOf(
    people.filter(({ accountId }) => isAsked(links.get(accountId), look)),
    look,
  );
  if (emails.kind === 'problem') return emails;
  const evidence: Evidence = { ...opened.value, links, rows, emails: emails.value };
  const linked = await findLinked(people, evidence);
  const unlinked = await findUnlinked(people, evidence, look);
  return ok(new Map([...nobody, ...linked, ...unlinked]));
}

type Evidence = OpenIndex & {
  readonly links: ReadonlyMap<string, LinkState>;
  readonly rows: ReadonlyMap<string, KnownReporter>;
  readonly emails: ReadonlyMap<string, EmailFact>;
};
type Found = readonly [accountId: string, finding: ReporterFinding];

function isAsked(link: LinkState | undefined, { isThorough = false }: ReporterLook): boolean {
  return link?.state !== 'linked' || (isThorough && link.link.how === 'email');
}

/** Addresses, those that are known already among them. Where Jira gave no answer, nobody was looked at. */
async function emailsOf(
  asked: readonly Reporter[],
  { emails = new Map<string, EmailFact>(), keptPoints = 0, takeFetches }: ReporterLook,
): Promise<Result<ReadonlyMap<string, EmailFact>>> {
  const unknown = asked.filter(({ accountId }) => !emails.has(accountId));
  if (unknown.length === 0) return ok(emails);
  const spent = await spendJiraPoints(pointsOfEmails(unknown.length), keptPoints);
  if (spent.kind === 'problem') return spent;
  await takeFetches?.(Math.ceil(unknown.length / USERS_A_CALL));
  const told = await readEmails(unknown);
  const isUnanswered = [...told.values()].some((email) => email.kind === 'hidden' && email.reason === 'unavailable');
  if (isUnanswered) return err({ code: 'jira', status: null, retryAfterMs: null, limit: null });
  return ok(new Map([...emails, ...told]));
}

async function findLinked(people: readonly Reporter[], evidence: Evidence): Promise<Found[]> {
  const { index, links, rows, emails } = evidence;
  const linked = people.flatMap(({ accountId }) => {
    const link = links.get(accountId);
    return link?.state === 'linked' ? [{ accountId, link }] : [];
  });
  const keyOfReporter = (accountId: string): string | null =>
    emails.has(accountId) ? keyOf(emails.get(accountId), evidence) : (rows.get(accountId)?.emailKey ?? null);
  const members = await index.emailKeysOf(linked.map(({ link }) => link.memberId));
  const asked = linked.flatMap(({ accountId, link }) =>
    link.link.how === 'email' ? (keyOfReporter(accountId) ?? []) : [],
  );
  const candidates = await index.idsOfKeys([...new Set(asked)]);
  return linked.map(({ accountId, link }) => {
    const emailKey = keyOfReporter(accountId);
    const state = stateOfLinked(link, {
      member: { isKnown: members.has(link.memberId), emailKey: members.get(link.memberId) ?? null },
      emailKey,
      candidates: emailKey === null ? [] : (candidates.get(emailKey) ?? []),
    });
    const asked = emails.has(accountId) ? { emailKey } : {};
    return [accountId, { state, memberId: link.memberId, link, ...asked, domain: null }];
  });
}

async function findUnlinked(people: readonly Reporter[], evidence: Evidence, look: ReporterLook): Promise<Found[]> {
  const { index, links, emails } = evidence;
  const asked = people
    .filter(({ accountId }) => links.get(accountId)?.state !== 'linked')
    .map((reporter) => ({ reporter, email: emails.get(reporter.accountId) ?? null }));
  const identities = await identify(asked, index.idsOf);
  await rememberContests(asked, identities, evidence);
  const made = await linkAll(identities, evidence, look);
  return asked.map(({ reporter, email }) => {
    const { accountId } = reporter;
    const identity = identities.get(accountId) ?? { kind: 'hidden', reason: 'unavailable' };
    const emailKey = keyOf(email ?? undefined, evidence);
    const now = made.get(accountId) ?? links.get(accountId) ?? { state: 'none' };
    const domain = domainOf(reporter, email, identity);
    if (now === 'taken') {
      const link: LinkState = { state: 'none' };
      return [accountId, { state: 'memberLinked', memberId: null, link, emailKey, domain }];
    }
    if (now.state === 'linked')
      return [accountId, { state: 'linked', memberId: now.memberId, link: now, emailKey, domain }];
    const memberId = identity.kind === 'certain' ? identity.memberId : null;
    return [accountId, { state: stateOfUnlinked(now, identity), memberId, link: now, emailKey, domain }];
  });
}

/** Remembers addresses that several of those who are looked at have: each of them alone would be certain. */
async function rememberContests(
  asked: readonly Asked[],
  identities: ReadonlyMap<string, EmailIdentity>,
  evidence: Evidence,
): Promise<void> {
  const accounts = new Map<string, string[]>();
  for (const { reporter, email } of asked) {
    const identity = identities.get(reporter.accountId);
    const emailKey = keyOf(email ?? undefined, evidence);
    if (emailKey === null || identity?.kind !== 'review' || identity.reason !== 'memberLinked') continue;
    accounts.set(emailKey, [...(accounts.get(emailKey) ?? []), reporter.accountId]);
  }
  const shared = [...accounts].filter(([, accountIds]) => accountIds.length > 1);
  const members = await evidence.index.idsOfKeys(shared.map(([emailKey]) => emailKey));
  for (const [emailKey, [accountId]] of shared) {
    const [memberId] = members.get(emailKey) ?? [];
    if (memberId !== undefined && accountId !== undefined)
      await contestMember(memberId, accountId, emailKey, Date.now());
  }
}

/** The link of each who was certain; `taken` where the member is being given to somebody else in this moment. */
async function linkAll(
  identities: ReadonlyMap<string, EmailIdentity>,
  { connected, links, rows }: Evidence,
  { entryPoint, issue }: ReporterLook,
): Promise<ReadonlyMap<string, LinkState | 'taken'>> {
  const wanted = [...identities].flatMap(([accountId, identity]) => {
    const isFree = links.get(accountId)?.state === 'none' && rows.get(accountId)?.dismissed !== 'notAPerson';
    return identity.kind === 'certain' && isFree ? [{ accountId, memberId: identity.memberId }] : [];
  });
  if (wanted.length === 0 || connected.writes === null || !(await readIdentity()).isAutomatic) return new Map();
  const made = await forEachGroup(inGroupsOf(wanted, 1), async (group) => {
    const atMs = Date.now();
    const stored: [string, LinkState | 'taken'][] = [];
    for (const { accountId, memberId } of group) {
      const operationId = await claimMember(memberId, accountId, atMs);
      const act = { byAccountId: null, atMs, entryPoint, issue };
      const link = operationId === null ? 'taken' : await writeFirstLink(accountId, memberId, operationId, act);
      stored.push([accountId, link]);
    }
    return stored;
  });
  const stored = made.flat();
  const linked = stored.flatMap(([accountId, link]) =>
    link !== 'taken' && link.state === 'linked' ? [accountId] : [],
  );
  await askForFieldFill({ accountIds: linked });
  return new Map(stored);
}

function keyOf(email: EmailFact | undefined, { index }: Evidence): string | null {
  return email?.kind === 'email' && index.keyOf !== null ? index.keyOf(email.email) : null;
}

function domainOf({ accountType }: Reporter, email: EmailFact | null, identity: EmailIdentity): string | null {
  const hasMember = identity.kind === 'certain' || identity.kind === 'review';
  return accountType === 'customer' && email?.kind === 'email' && hasMember ? domainOfEmail(email.email) : null;
}
