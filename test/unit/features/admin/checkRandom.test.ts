import { DEFAULT_PROFILE, type CheckChoices, type SiteProfile } from '../../../../src/contract';
import { idOf, listAt, valueAt } from '../../../../src/domain/profile';
import { check, origin } from '../../../support/checkLab';
import {
  answerOf,
  OTHER_KEY,
  pageOf,
  type OtherPerson,
  type OtherSegment,
  type OtherServer,
} from '../../../support/otherReads';
import { mulberry32 } from '../../../support/random';

type Json = Record<string, unknown>;
type Picks = {
  readonly pick: <T>(options: readonly T[]) => T;
  readonly chance: (share: number) => boolean;
  readonly upTo: (most: number) => number;
};

/** A truth, and a server that tells it in a form of its own. */
type Random = {
  readonly segments: readonly OtherSegment[];
  readonly server: OtherServer;
  readonly memberId: string | null;
  readonly told: string;
};

function picksOf(seed: number): Picks {
  const random = mulberry32(seed);
  return {
    pick: (options) => {
      const one = options[Math.floor(random() * options.length)];
      if (one === undefined) throw new Error('Nothing to pick from');
      return one;
    },
    chance: (share) => random() < share,
    upTo: (most) => Math.floor(random() * (most + 1)),
  };
}

function truthOf({ upTo, chance }: Picks): OtherSegment[] {
  const people = Array.from({ length: 20 + upTo(60) }, (_one, index): OtherPerson => {
    const name = `Pat${String(index)} Lee`;
    return { id: 500 + index * 3, name, email: chance(0.9) ? `pat${String(index)}@acme.com` : null };
  });
  return Array.from({ length: 3 + upTo(40) }, (_one, index): OtherSegment => ({
    id: 30 + index * 2,
    name: `Segment ${String.fromCharCode(65 + (index % 26))}`,
    people: chance(0.1) && index > 2 ? [] : people.filter(() => chance(0.25)),
  }));
}

/** A server in a form that a sensible one may have. */
function serverOf(seed: number): Random {
  const picks = picksOf(seed);
  const { pick, chance } = picks;
  const segments = truthOf(picks);
  const asText = chance(0.3);
  const id = (value: number): unknown => (asText ? String(value) : value);
  const [idKey, nameKey, membersKey] = [
    pick(['id', 'id', 'segmentId', '_id', 'segment_id']),
    pick(['name', 'name', 'title', 'label', 'segmentName']),
    pick(['users', 'users', 'members', 'segmentUsers', 'idmMembers', 'people']),
  ];
  const rowIds = chance(0.25);
  const memberKey = rowIds ? pick(['userId', 'memberId', 'user_id']) : pick(['id', 'id', 'userId', 'memberId']);
  const [mailKey, nested] = [
    pick(['email', 'email', 'emailAddress', 'mail', 'e_mail']),
    pick([null, null, 'user', 'profile']),
  ];
  const names = pick([
    (n: string) => ({ name: n }),
    (n: string) => ({ fullName: n }),
    (n: string) => ({ firstName: n.split(' ')[0], lastName: n.split(' ')[1] }),
  ]);
  const extra = pick<Json>([
    {},
    { createdAt: '2026-01-01T00:00:00Z', companyId: 3 },
    { createdBy: { id: 1, email: 'boss@acme.com', name: 'Boss' } },
    { roleId: 2, status: 'active' },
  ]);
  const member =
    (segment: OtherSegment) =>
    (one: OtherPerson, index: number): Json => {
      const facts = { [mailKey]: one.email, ...names(one.name) };
      const around = nested === null ? facts : { [nested]: facts };
      return {
        ...(rowIds ? { id: id(segment.id * 1_000 + index) } : {}),
        [memberKey]: id(one.id),
        ...around,
        ...extra,
      };
    };
  const [odd, wrapped, counted] = [
    pick<unknown[]>([[], [], [null], [{ [memberKey]: null, [mailKey]: 'new@acme.com' }]]),
    chance(0.15),
    chance(0.3),
  ];
  const more = pick<Json>([
    {},
    { initiative: { id: 4711, name: 'Acme' } },
    { tags: [{ id: 1, name: 'x' }], createdAt: '2026-01-01' },
  ]);
  const record = (segment: OtherSegment, full: boolean): Json => {
    const people = [...segment.people.map(member(segment)), ...(segment.people.length > 3 ? odd : [])];
    const count = counted ? { memberCount: segment.people.length } : {};
    const list = wrapped ? { data: people, total: people.length } : people;
    return {
      [idKey]: id(segment.id),
      [nameKey]: segment.name,
      ...more,
      ...count,
      ...(full ? { [membersKey]: list } : {}),
    };
  };
  const size = pick([null, null, null, 10, 15, 20]);
  const hint = pick(['total', 'pages', 'hasNext', 'link', 'next']);
  const first = pick([0, 1, 1]);
  const wrap = pick<(value: unknown, facts: Json) => unknown>([
    (value, facts) => ({ success: true, data: value, ...facts }),
    (value, facts) => ({ success: true, data: { items: value, ...facts } }),
    (value, facts) => ({ data: { rows: value }, meta: facts }),
    (value, facts) => ({ result: value, ...facts }),
    (value, facts) => ({ success: 'true', items: value, pagination: facts }),
    (value, facts) => ({ content: value, ...facts }),
    (value, facts) => ({ data: JSON.stringify(value), ...facts }),
  ]);
  const one = pick<(value: unknown) => unknown>([
    (value) => ({ success: true, data: value }),
    (value) => ({ data: { segment: value } }),
    (value) => value,
    (value) => ({ data: valueAt(value, wrapped ? [membersKey, 'data'] : [membersKey]) }),
    (value) => ({ data: [value] }),
  ]);
  const key = pick(['authorization', 'authorization', 'x-api-key']);
  const shown = key === 'authorization' ? pick([OTHER_KEY, `Bearer ${OTHER_KEY}`]) : OTHER_KEY;
  const server: OtherServer = {
    segments,
    accepts: (headers) => headers[key] === shown,
    allPath: pick(['/api/v2/segments/segment-users', '/api/v2/segments/segment-users', null]),
    onePath: pick(['/api/v2/segments/{id}/segment-users', '/api/v2/segments/{id}', '/api/v2/segments/{id}/users']),
    record,
    envelope: (value, what, { query, path }) => {
      if (what === 'one' || !Array.isArray(value)) return { json: one(value) };
      if (size === null) return { json: wrap(value, {}) };
      const page = Number(query.get('page') ?? first) - first;
      const pages = Math.ceil(value.length / size);
      const isLast = page + 1 >= pages;
      const next = `${path}?page=${String(page + first + 1)}`;
      const facts: Readonly<Record<string, Json>> = {
        total: { total: value.length },
        pages: { page: page + first, totalPages: pages },
        hasNext: { hasNext: !isLast },
        next: { next: isLast ? null : next },
      };
      const link = hint === 'link' && !isLast ? { headers: { link: `<${origin}${next}>; rel="next"` } } : {};
      return { json: wrap(pageOf(value, size, page), facts[hint] ?? {}), ...link };
    },
  };
  return {
    segments,
    server,
    memberId: rowIds ? memberKey : null,
    told: JSON.stringify({ seed, size, hint, first, rowIds, wrapped, nested }),
  };
}

/** Answers the check's questions as an admin who knows the truth. */
async function converseWith({ server, memberId }: Random) {
  let choices: CheckChoices = {};
  let profile = DEFAULT_PROFILE;
  for (let round = 0; round < 8; round += 1) {
    const found = await check(server, { choices, profile });
    expect(found.asked.length).toBeLessThanOrEqual(8);
    const { question } = found;
    // A pause is gone on from with what was learned so far.
    profile = found.profile;
    if (found.lines.at(-1)?.code === 'paused') continue;
    if (question === null) return found;
    if (question.ask === 'segmentId') choices = { ...choices, segmentId: question.segments[0]?.id ?? 0 };
    else if (question.ask === 'whole') choices = { ...choices, whole: [...(choices.whole ?? []), question.call] };
    else if (question.ask === 'memberId')
      choices = { ...choices, memberId: question.options.find(({ at }) => at === memberId)?.at ?? '' };
    else throw new Error(`Asked for the ${question.ask}: ${JSON.stringify(question)}`);
  }
  throw new Error('The check does not end');
}

/** What the profile reads of one segment. */
function readOne(profile: SiteProfile, { server }: Random, segmentId: number) {
  const { path, shape } = profile.reads.segmentWithMembers;
  const shown = profile.key.scheme === null ? OTHER_KEY : `${profile.key.scheme} ${OTHER_KEY}`;
  const answer = answerOf(server)({
    method: 'GET',
    path: path.replace('{id}', String(segmentId)),
    query: new URLSearchParams(),
    headers: { [profile.key.header.toLowerCase()]: shown },
  });
  const record = valueAt(answer.json, shape.records);
  const members = listAt(record, shape.members ?? []) ?? [];
  return members.flatMap((one) => {
    const id = idOf(valueAt(one, shape.member?.id ?? []));
    const email = valueAt(one, shape.member?.email ?? ['none']);
    return id === null ? [] : [{ id, email }];
  });
}

describe('a server in any sensible form', () => {
  it.each(Array.from({ length: 300 }, (_one, index) => index + 1))('%d is learned as it is', async (seed) => {
    const random = serverOf(seed);
    const found = await converseWith(random);
    const said = `${random.told} ${JSON.stringify(found.lines)}`;
    expect({ state: found.state, said: found.state === 'proven' ? '' : said }).toEqual({ state: 'proven', said: '' });
    for (const segment of random.segments) {
      const read = readOne(found.profile, random, segment.id);
      const truth = segment.people.map(({ id, email }) => ({ id, email }));
      expect({ read, said: read.length === truth.length ? '' : said }).toEqual({ read: truth, said: '' });
    }
  });
});
