import { Faker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import type { EmailVisibility, IssueState, JiraPerson, MemberSeed, Role } from './types';

/** Who reports an issue, and what it is there to show. */
export type Reporting = { readonly person: JiraPerson; readonly state: IssueState };

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
  readonly crowd: readonly (Reporting & { readonly member: MemberSeed })[];
  /** Who reported more than one issue, once for each further one; none but on a living site. */
  readonly busy: readonly Reporting[];
  /** Reporters without a story, such as a second robot; none but on a living site. */
  readonly others: readonly JiraPerson[];
};

/** How many people a site has beyond those of the stories, and whether it has been used for a year. */
export type CastSize = { readonly extraReporters: number; readonly isLiving: boolean };

type Fits = (member: MemberSeed) => boolean;

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
export function castPeople(seed: number, members: readonly MemberSeed[], { extraReporters, isLiving }: CastSize): Cast {
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
      state: member.segmentIds.length > 1 ? ('many' as const) : ('one' as const),
      member,
    }));
  const cast = { agent, admin, viewer, noAccess, reporters, members: chosen, crowd };
  return { ...cast, ...(isLiving ? aYearOf(cast, faker, person) : { busy: [], others: [] }) };
}

/** How many further issues a living site has by the reporters of some stories. */
const BUSY: readonly (readonly [IssueState, number])[] = [
  ['ambiguous', 6],
  ['notFound', 4],
  ['inactive', 2],
  ['emailHidden', 5],
  ['customer', 3],
  ['app', 9],
];

/** Who reports again and again: a site is not one issue for each person. */
function aYearOf(
  { reporters, members, crowd }: Omit<Cast, 'busy' | 'others'>,
  faker: Faker,
  person: ReturnType<typeof personMaker>,
): Pick<Cast, 'busy' | 'others'> {
  const linked = members.get('linked');
  const robot: JiraPerson = { ...person('Acme Import', 'reporter', null, 'nobody'), accountType: 'app' };
  // With the address of a member whom another account is linked to already.
  const twin = linked && person(`${linked.firstName} ${linked.lastName}`, 'reporter', linked.email, 'appOnly');
  const again = (one: JiraPerson, state: IssueState, times: number) =>
    Array.from({ length: times }, () => ({ person: one, state }));
  const busy = [
    ...BUSY.flatMap(([state, times]) => {
      const one = reporters.get(state);
      return one === undefined ? [] : again(one, state, times);
    }),
    ...again(robot, 'app', 5),
    ...(twin === undefined ? [] : again(twin, 'secondAccount', 3)),
    ...crowd.flatMap(({ person: one, state }) => again(one, state, faker.helpers.weightedArrayElement(FURTHER))),
  ];
  return { busy: faker.helpers.shuffle(busy), others: [robot, ...(twin === undefined ? [] : [twin])] };
}

/** How many further issues one of the crowd has: most have none. */
const FURTHER = [
  { value: 0, weight: 5 },
  { value: 1, weight: 3 },
  { value: 3, weight: 2 },
  { value: 8, weight: 1 },
] as const;

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
  const alone: Fits = ({ email }) => byEmail.get(email) === 1;
  const plain: Fits = (member) =>
    alone(member) && /^[\p{Script=Latin} '.-]{1,40}$/u.test(`${member.firstName} ${member.lastName}`);
  const wishes: [IssueState, Fits][] = [
    ['longName', ({ firstName, lastName }) => firstName.length + lastName.length > 60],
    ['nonLatin', ({ lastName }) => /\p{Script=Han}/u.test(lastName)],
    ['rightToLeft', ({ lastName }) => /\p{Script=Arabic}/u.test(lastName)],
    ['markup', ({ lastName }) => lastName.includes('<')],
    // Both of the pair have to be in a segment: a member in none can't be read, and so can't compete.
    ['ambiguous', (member) => isReadableTwin(member, members)],
    ['none', (member) => plain(member) && member.segmentIds.length === 0],
    ['many', (member) => plain(member) && member.segmentIds.length >= 4],
    ['one', (member) => plain(member) && member.segmentIds.length === 1],
    ...(['linked', 'found', 'emailHidden', 'emailVisible', ...LATE] as const).map((state): [IssueState, Fits] => [
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
