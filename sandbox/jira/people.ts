import { Faker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import type { EmailVisibility, IssueState, JiraPerson, MemberSeed, Role } from './types';

/** The people of the sandbox: those who use Jira, and one reporter for each state of an issue. */
export type Cast = {
  readonly agent: JiraPerson;
  readonly admin: JiraPerson;
  readonly viewer: JiraPerson;
  readonly noAccess: JiraPerson;
  /** No entry for `noReporter`. */
  readonly reporters: ReadonlyMap<IssueState, JiraPerson>;
  /** The member each reporter is, where one is meant. */
  readonly members: ReadonlyMap<IssueState, MemberSeed>;
  /** Further reporters beyond those, each with the member they are. */
  readonly crowd: readonly { readonly person: JiraPerson; readonly member: MemberSeed }[];
};

type Pick = (member: MemberSeed) => boolean;

/** Accounts whose address is not enough to say who they are. */
const LATE: readonly IssueState[] = ['customer', 'customerHidden', 'inactive'];

/** Makes accounts, each with an id of its own. */
function personMaker(faker: Faker) {
  return (displayName: string, role: Role, email: string | null, emailVisibility: EmailVisibility): JiraPerson => ({
    accountId: `712020:${faker.string.uuid()}`,
    displayName,
    accountType: 'atlassian',
    active: true,
    email,
    emailVisibility,
    role,
  });
}

/** Makes the people. Reporters take names and e-mails of members, so that they match as their state says. */
export function castPeople(seed: number, members: readonly MemberSeed[], extraReporters = 0): Cast {
  const faker = new Faker({ locale: english.rawDefinitions, seed: seed + 7 });
  const chosen = chooseMembers(members);
  const person = personMaker(faker);
  const team = (displayName: string, role: Role): JiraPerson =>
    person(displayName, role, `${role.toLowerCase()}@acme.example`, 'everyone');
  const like = (state: IssueState, emailVisibility: EmailVisibility = 'appOnly'): [IssueState, JiraPerson] => {
    const member = chosen.get(state);
    const displayName = member ? `${member.firstName} ${member.lastName}` : faker.person.fullName();
    const email = member?.email ?? `${state.toLowerCase()}@nobody.example`;
    return [state, person(displayName, 'reporter', email, emailVisibility)];
  };

  const agent = team('Amara Osei', 'agent');
  const admin = team('Jonas Lindqvist', 'admin');
  const viewer = team('Priya Raman', 'viewer');
  const noAccess = team('Tomás Ferreira', 'noAccess');
  const [, linked] = like('linked');
  const stranger = person(
    faker.person.fullName(),
    'reporter',
    faker.internet.email({ provider: 'elsewhere.example' }).toLowerCase(),
    'appOnly',
  );
  const first = chosen.get('one');
  const secondAccount = person(
    first === undefined ? faker.person.fullName() : `${first.firstName} ${first.lastName}`,
    'reporter',
    first?.email ?? 'second@nobody.example',
    'appOnly',
  );
  const reporters = new Map<IssueState, JiraPerson>([
    ...(['one', 'many', 'none', 'found', 'ambiguous', 'longName', 'nonLatin', 'rightToLeft', 'markup'] as const).map(
      (state) => like(state),
    ),
    // A private address, so that only the stored link tells who this is.
    ['linked', { ...linked, email: `private.${faker.string.alphanumeric(6).toLowerCase()}@mail.example` }],
    ['notFound', stranger],
    like('emailHidden', 'nobody'),
    like('emailVisible', 'issueOnly'),
    ['app', { ...person('Acme Status Bot', 'reporter', null, 'nobody'), accountType: 'app' }],
    ['customer', { ...like('customer')[1], accountType: 'customer' }],
    ['customerHidden', { ...like('customerHidden', 'nobody')[1], accountType: 'customer' }],
    ['inactive', { ...like('inactive')[1], active: false }],
    // A portal account with the address of somebody who has an Atlassian account too.
    ['secondAccount', { ...secondAccount, accountType: 'customer' }],
    ['formerUser', { ...person('Former user', 'reporter', null, 'nobody'), accountId: 'unknown', active: false }],
  ]);
  const crowd = freeMembers(members, chosen)
    .slice(0, extraReporters)
    .map((member) => ({
      person: person(`${member.firstName} ${member.lastName}`, 'reporter', member.email, 'appOnly'),
      member,
    }));
  return { agent, admin, viewer, noAccess, reporters, members: chosen, crowd };
}

/** Members of a segment who are nobody yet and share their address with nobody. */
function freeMembers(members: readonly MemberSeed[], chosen: ReadonlyMap<IssueState, MemberSeed>): MemberSeed[] {
  const taken = new Set([...chosen.values()].map(({ id }) => id));
  const shared = sharedEmails(members);
  return members.filter(({ id, email, segmentIds }) => !taken.has(id) && segmentIds.length > 0 && !shared.has(email));
}

function sharedEmails(members: readonly MemberSeed[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { email } of members) (seen.has(email) ? shared : seen).add(email);
  return shared;
}

/** Picks a different member for each state, the pickiest states first. */
function chooseMembers(members: readonly MemberSeed[]): Map<IssueState, MemberSeed> {
  const byEmail = new Map<string, number>();
  for (const { email } of members) byEmail.set(email, (byEmail.get(email) ?? 0) + 1);
  const alone: Pick = ({ email }) => byEmail.get(email) === 1;
  const plain: Pick = (member) =>
    alone(member) && /^[\p{Script=Latin} '.-]{1,40}$/u.test(`${member.firstName} ${member.lastName}`);
  const wishes: [IssueState, Pick][] = [
    ['longName', ({ firstName, lastName }) => firstName.length + lastName.length > 60],
    ['nonLatin', ({ lastName }) => /\p{Script=Han}/u.test(lastName)],
    ['rightToLeft', ({ lastName }) => /\p{Script=Arabic}/u.test(lastName)],
    ['markup', ({ lastName }) => lastName.includes('<')],
    // Both of the pair have to be in a segment: a member in none can't be read, and so can't compete.
    ['ambiguous', (member) => isReadableTwin(member, members)],
    ['none', (member) => plain(member) && member.segmentIds.length === 0],
    ['many', (member) => plain(member) && member.segmentIds.length >= 4],
    ['one', (member) => plain(member) && member.segmentIds.length === 1],
    ...(['linked', 'found', 'emailHidden', 'emailVisible', ...LATE] as const).map((state): [IssueState, Pick] => [
      state,
      (member) => plain(member) && member.segmentIds.length >= 1 && member.segmentIds.length <= 3,
    ]),
  ];
  const chosen = new Map<IssueState, MemberSeed>();
  const taken = new Set<number>();
  for (const [state, fits] of wishes) {
    const isFree = (candidate: MemberSeed): boolean => !taken.has(candidate.id) && fits(candidate);
    // From the end, so that the crowd, which is taken from the beginning, is as it is without them.
    const member = LATE.includes(state) ? members.findLast(isFree) : members.find(isFree);
    if (member === undefined) continue;
    taken.add(member.id);
    chosen.set(state, member);
  }
  return chosen;
}

function isReadableTwin(member: MemberSeed, members: readonly MemberSeed[]): boolean {
  return members.filter(({ email, segmentIds }) => email === member.email && segmentIds.length > 0).length === 2;
}
