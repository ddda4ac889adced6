import type { Faker } from '@faker-js/faker';
import type { SimulatedMember } from './types';

type Name = { readonly firstName: string; readonly lastName: string };

/**
 * People who stand at the head of every seed, because pages break on names like theirs: very long,
 * non-Latin, right to left, and looking like markup.
 */
const NOTABLE_NAMES: readonly Name[] = [
  {
    firstName: 'Maximiliane Alexandra Theodora',
    lastName: 'von Hohenlohe-Waldenburg-Schillingsfürst zu Oettingen-Wallerstein',
  },
  { firstName: '美咲', lastName: '山本' },
  { firstName: 'Олександра', lastName: 'Шевченко-Коваленко' },
  { firstName: 'يوسف', lastName: 'الفيلالي' },
  { firstName: 'Robert "Bobby"', lastName: '<b>Tables</b>' },
];

/** Where a seed keeps members with a certain number of memberships, by their place in the list. */
export const SEEDED_MEMBERSHIPS: ReadonlyMap<number, number> = new Map([
  [0, 2],
  [1, 1],
  [2, 3],
  [3, 1],
  [4, 1],
  // A member in no segment can be linked to but not read, so every seed has one at a known place.
  [5, 0],
  [6, 1],
  [7, 5],
]);

/** The place of the first of the members who share an e-mail address, pair by pair. */
const FIRST_SHARED_EMAIL = 8;

/**
 * Makes people with distinct ids in ascending order. E-mail addresses are distinct but for
 * `sharedEmails` pairs, and all end in `.example`, so that none can belong to anyone.
 */
export function makeMembers(faker: Faker, total: number, sharedEmails: number): SimulatedMember[] {
  const companies = Array.from({ length: 40 }, () => `${slug(faker.company.name())}.example`);
  const taken = new Set<string>();
  const members: SimulatedMember[] = [];
  let id = 1600;
  for (let place = 0; place < total; place += 1) {
    id += faker.number.int({ min: 1, max: 4 });
    const name = NOTABLE_NAMES[place] ?? { firstName: faker.person.firstName(), lastName: faker.person.lastName() };
    const email = emailOf(name, id, faker.helpers.arrayElement(companies), taken);
    const twin = isSecondOfPair(place, sharedEmails) ? members[place - 1] : undefined;
    members.push({ id, email: twin?.email ?? email, ...name });
  }
  return members;
}

function isSecondOfPair(place: number, pairs: number): boolean {
  const offset = place - FIRST_SHARED_EMAIL;
  return offset > 0 && offset < pairs * 2 && offset % 2 === 1;
}

function emailOf({ firstName, lastName }: Name, id: number, domain: string, taken: Set<string>): string {
  const local =
    [slug(firstName), slug(lastName)]
      .filter((part) => part !== '')
      .join('.')
      .slice(0, 48) || `user${id}`;
  const plain = `${local}@${domain}`;
  const email = taken.has(plain) ? `${local}.${id}@${domain}` : plain;
  taken.add(email);
  return email;
}

function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
