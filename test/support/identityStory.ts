import type { CrowdAccount, CrowdIssue } from './crowdedJira';

/** A member, as far as an address goes. */
export type StoryMember = { readonly id: number; readonly email: string };
/** A link that somebody made or took back by hand before anything was read. */
type StoryLink = { readonly memberId: number; readonly state: 'linked' | 'unlinked' };
/** Somebody who reports: what Jira tells of them, and what stood before. */
export type Told = { readonly account: CrowdAccount; readonly link: StoryLink | null };
/** Numbers from 0 to 1. */
export type Chance = () => number;

/** Numbers that a seed decides. */
export function chances(seed: number): Chance {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** People as a site has them: most are certain, the others are customers, bots, hidden, deactivated, twice there. */
export function castOf(chance: Chance, members: readonly StoryMember[], people: number): Told[] {
  return Array.from({ length: people }, (_, nth): Told => {
    const member = oneOf(members, chance);
    const other = oneOf(members, chance);
    const kind = chance();
    const account: CrowdAccount = {
      accountId: `account-${String(nth)}`,
      accountType: kind < 0.1 ? 'customer' : kind < 0.14 ? 'app' : 'atlassian',
      active: chance() > 0.08,
      email: kind > 0.9 ? null : kind > 0.8 ? `nobody-${String(nth)}@elsewhere.example` : member.email.toUpperCase(),
    };
    const link = chance();
    if (link < 0.06) return { account, link: { memberId: other.id, state: 'linked' } };
    return { account, link: link < 0.12 ? { memberId: member.id, state: 'unlinked' } : null };
  });
}

/** What everybody reported, in some projects; one issue is of an account that was erased long ago. */
export function issuesOf(chance: Chance, told: readonly Told[], projects: readonly string[]): CrowdIssue[] {
  const issues: CrowdIssue[] = told.flatMap(({ account: { accountId } }, nth) =>
    Array.from({ length: 1 + Math.floor(chance() * 3) }, (_, one) => ({
      projectKey: oneOf(projects, chance),
      number: (nth + 1) * 7 + one,
      accountId,
    })),
  );
  issues.push({ projectKey: projects[0] ?? '', number: 9_999_999, accountId: 'unknown' });
  return issues;
}

/** Somebody as they are after a month: at another address, deactivated, or as they were. Null where they were erased. */
export function changedAccount(
  chance: Chance,
  account: CrowdAccount,
  members: readonly StoryMember[],
): CrowdAccount | null {
  const change = chance();
  if (change < 0.05) return null;
  if (change < 0.1) return { ...account, active: false };
  if (change < 0.2) return { ...account, email: oneOf(members, chance).email };
  return change < 0.25 ? { ...account, email: 'moved-away@elsewhere.example' } : account;
}

/** Whom the rules let be linked by their address to whom, by member: those who would be, were each of them alone. */
export function wantingOf(
  accounts: Iterable<CrowdAccount>,
  members: readonly StoryMember[],
  areCustomersTrusted: boolean,
): ReadonlyMap<number, readonly string[]> {
  const owners = new Map<string, number[]>();
  for (const { id, email } of members)
    owners.set(email.toLowerCase(), [...(owners.get(email.toLowerCase()) ?? []), id]);
  const wanting = new Map<number, string[]>();
  for (const { accountId, accountType, active, email } of accounts) {
    const [memberId, ...others] = owners.get(email?.toLowerCase() ?? '') ?? [];
    const isTrusted = accountType === 'atlassian' || (accountType === 'customer' && areCustomersTrusted);
    if (memberId === undefined || others.length > 0 || !isTrusted || !active) continue;
    wanting.set(memberId, [...(wanting.get(memberId) ?? []), accountId]);
  }
  return wanting;
}

/** One of them. Throws where there is none. */
export function oneOf<T>(all: readonly T[], chance: Chance): T {
  const found = all[Math.floor(chance() * all.length)];
  if (found === undefined) throw new Error('There is nobody to choose from');
  return found;
}
