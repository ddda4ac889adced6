import { Faker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import { makeMembers, SEEDED_MEMBERSHIPS } from './people';
import type { SegmentState, SimulatedMember, TestingGround } from './types';

const NAMES = [
  'Decision makers',
  'Early adopters',
  'Beta testers',
  'Champions',
  'Trial users',
  'Power users',
  'Churn risk',
  'Advisory board',
  'Enterprise admins',
  'Mobile users',
  'Design partners',
  'Newsletter readers',
  'Onboarding',
  'API users',
  'Support escalations',
  'Conference leads',
] as const;

/** What a seed makes. */
export type Seed = {
  readonly key: string;
  readonly members: readonly SimulatedMember[];
  readonly segments: readonly SegmentState[];
};

/** Adds two small segments for tests, and two people in the first of them of whom one is in another one as well. */
export function withTestingGround(
  seed: Seed,
  isFirstEmpty: boolean,
): { readonly seed: Seed; readonly testing: TestingGround } {
  const lastId = Math.max(1_600, ...seed.members.map(({ id }) => id));
  const people = ['Ada', 'Ben', 'Cleo'].map((firstName, place) => ({
    id: lastId + 3 * (place + 1),
    email: `test.${firstName.toLowerCase()}@tests.example`,
    firstName,
    lastName: 'Test',
  }));
  const [ada = 0, ben = 0, cleo = 0] = people.map(({ id }) => id);
  const segmentId = Math.max(10, ...seed.segments.map(({ id }) => id));
  const from = { id: segmentId + 4, name: 'Test: here', memberIds: [ada, ben] };
  const to = { id: segmentId + 8, name: 'Test: there', memberIds: [cleo] };
  const place = isFirstEmpty ? 1 : 0;
  const segments = seed.segments.map((segment, nth) => {
    if (nth < place) return { ...segment, memberIds: [] };
    return nth === place ? { ...segment, memberIds: [...segment.memberIds, ada] } : segment;
  });
  return {
    seed: { ...seed, members: [...seed.members, ...people], segments: [...segments, from, to] },
    testing: { from: from.id, to: to.id, memberIds: [ada, ben, cleo] },
  };
}

/** What to make. */
export type SeedPlan = {
  readonly seed: number;
  readonly members: number;
  readonly segments: number;
  readonly sharedEmails: number;
};

/** What was made of small plans: a site of tests is made some thousand times of a few. Nobody writes to a seed. */
const kept = new Map<string, Seed>();
const MOST_KEPT_MEMBERS = 200;

/** Makes a Shorter Loop's people and segments. The same plan always makes the same. */
export function plantSeed(plan: SeedPlan): Seed {
  if (plan.members > MOST_KEPT_MEMBERS) return plantAnew(plan);
  const name = JSON.stringify([plan.seed, plan.members, plan.segments, plan.sharedEmails]);
  const seed = kept.get(name) ?? plantAnew(plan);
  kept.set(name, seed);
  return seed;
}

function plantAnew({ seed, members: memberCount, segments: segmentCount, sharedEmails }: SeedPlan): Seed {
  const faker = new Faker({ locale: english.rawDefinitions, seed });
  const key = `sl_sandbox_${faker.string.alphanumeric(32)}`;
  const members = makeMembers(faker, memberCount, sharedEmails);
  // Ids with gaps, so that no test can take a place in the list for an id.
  const segments = Array.from({ length: segmentCount }, (_value, place) => ({
    id: 11 + place * 4,
    name: nameOf(faker, place),
    memberIds: [] as number[],
  }));
  for (const [place, member] of members.entries()) {
    const wanted = Math.min(SEEDED_MEMBERSHIPS.get(place) ?? howMany(faker, place), segments.length);
    for (const segment of faker.helpers.arrayElements(segments, wanted)) segment.memberIds.push(member.id);
  }
  return { key, members, segments };
}

function nameOf(faker: Faker, place: number): string {
  const known = NAMES[place];
  if (known !== undefined) return known;
  const department = faker.commerce.department();
  const people = faker.helpers.arrayElement(['customers', 'prospects', 'partners', 'reviewers']);
  return `${department} ${people} ${place + 1}`;
}

function howMany(faker: Faker, place: number): number {
  // A few people have been invited and put in no segment yet.
  if (place % 600 === 599) return 0;
  return faker.helpers.weightedArrayElement([
    { weight: 60, value: 1 },
    { weight: 25, value: 2 },
    { weight: 10, value: 3 },
    { weight: 5, value: 4 },
  ]);
}
