import { Faker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import type { Priority, StatusName, TypeName } from './issueValues';

/** What an issue of the crowd says, and when. Times are milliseconds since the epoch. */
export type Wish = {
  readonly type: TypeName;
  readonly status: StatusName;
  readonly priority: Priority;
  readonly summary: string;
  readonly labels: readonly string[];
  readonly components: readonly string[];
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly resolvedMs: number | null;
};

/** What one can wish for, with `*` for the thing that it is wished of. */
type Topic = {
  readonly type: TypeName;
  readonly text: string;
  readonly label: string;
  readonly things: readonly (readonly [thing: string, component: string])[];
};

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

const PARTS = [
  ['the activity report', 'Reporting'],
  ['the invoice list', 'Billing'],
  ['search results', 'Search'],
  ['the approval queue', 'Approvals'],
  ['the mobile app', 'Mobile'],
  ['the customer portal', 'Portal'],
  ['webhooks', 'API'],
  ['notification mails', 'Notifications'],
] as const;

const TOPICS: readonly Topic[] = [
  { type: 'Story', text: 'Export * as a spreadsheet', label: 'export', things: PARTS.slice(0, 4) },
  { type: 'Story', text: 'Filter * by team', label: 'filters', things: PARTS.slice(0, 5) },
  { type: 'Story', text: 'Say in * what changed since my last visit', label: 'customer-request', things: PARTS },
  { type: 'Idea', text: 'Save views of * and share them', label: 'customer-request', things: PARTS.slice(0, 6) },
  { type: 'Idea', text: 'Let guests see *', label: 'guests', things: PARTS.slice(0, 6) },
  { type: 'Bug', text: 'Dates in * ignore my time zone', label: 'regression', things: PARTS },
  { type: 'Bug', text: 'A long name breaks *', label: 'layout', things: PARTS },
  { type: 'Bug', text: 'Errors in * after the last release', label: 'regression', things: PARTS },
  { type: 'Bug', text: 'Slow: * with more than 1,000 entries', label: 'performance', things: PARTS.slice(0, 5) },
  { type: 'Task', text: 'Document how * is set up', label: 'documentation', things: PARTS },
  { type: 'Task', text: 'Translate the texts of *', label: 'i18n', things: PARTS.slice(3) },
];

const PRIORITY_WEIGHTS: readonly { readonly value: Priority; readonly weight: number }[] = [
  { value: 'High', weight: 2 },
  { value: 'Medium', weight: 5 },
  { value: 'Low', weight: 3 },
];

/**
 * What was wished for over the year before `nowMs`, the oldest first. The same seed and number make the same wishes,
 * as long before now.
 */
export function makeWishes(seed: number, total: number, nowMs: number): Wish[] {
  if (total === 0) return [];
  const faker = new Faker({ locale: english.rawDefinitions, seed: seed + 11 });
  const ages = Array.from({ length: total }, () => faker.number.int({ min: 3_600_000, max: YEAR_MS }));
  return ages.sort((one, other) => other - one).map((ageMs) => makeWish(faker, ageMs, nowMs));
}

function makeWish(faker: Faker, ageMs: number, nowMs: number): Wish {
  const topic = faker.helpers.arrayElement(TOPICS);
  const [thing, component] = faker.helpers.arrayElement(topic.things);
  const createdMs = nowMs - ageMs;
  const status = statusAt(faker, ageMs);
  const laterMs = Math.min(faker.number.int({ min: 1, max: 40 }) * DAY_MS, Math.floor(ageMs / 2));
  const updatedMs = status === 'To do' ? createdMs : createdMs + laterMs;
  return {
    type: topic.type,
    status,
    priority: faker.helpers.weightedArrayElement(PRIORITY_WEIGHTS),
    summary: topic.text.replace('*', thing),
    labels: faker.number.int({ max: 9 }) < 3 ? [topic.label, 'beta'] : [topic.label],
    // One in ten was filed without.
    components: faker.number.int({ max: 9 }) === 0 ? [] : [component],
    createdMs,
    updatedMs,
    resolvedMs: status === 'Done' ? updatedMs : null,
  };
}

/** What is older is more often done. */
function statusAt(faker: Faker, ageMs: number): StatusName {
  const done = ageMs > 90 * DAY_MS ? 8 : ageMs > 30 * DAY_MS ? 4 : 1;
  return faker.helpers.weightedArrayElement<StatusName>([
    { value: 'Done', weight: done },
    { value: 'To do', weight: 3 },
    { value: 'In progress', weight: 2 },
    { value: 'In review', weight: 1 },
  ]);
}
