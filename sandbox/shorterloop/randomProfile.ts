import { namedProfile, type Deed, type NamedProfile, type NamedProfileInput, type ServerProfileInput } from './profile';

/**
 * A server that nobody has thought of: some peculiarities at once, each as likely as it is in the wild. The same seed
 * always makes the same server. Three of four are sensible; the others do something that no client could live with.
 */
export function randomProfile(seed: number): NamedProfile {
  const chance = createChance(seed);
  const cruelty = chance.oneIn(4) ? chance.of(CRUELTIES) : null;
  const mild = mildServer(chance);
  const server = cruelty === null ? mild : { ...mild, ...cruelty.server(mild) };
  const input: NamedProfileInput = {
    name: `random-${seed}`,
    about: cruelty === null ? 'Several peculiarities by chance.' : `By chance, and ${cruelty.about}`,
    expected: cruelty === null ? { kind: 'works' } : cruelty.expected,
    sensible: cruelty === null,
    adminEnters: server.routes?.slash === 'required' ? SLASHED : {},
    server,
  };
  return namedProfile(input);
}

type Chance = {
  /** One of some, as often as it stands there. */
  readonly of: <const C extends readonly unknown[]>(choices: C) => C[number];
  readonly oneIn: (many: number) => boolean;
};

type Cruelty = {
  readonly about: string;
  readonly expected: NamedProfileInput['expected'];
  readonly server: (mild: ServerProfileInput) => ServerProfileInput;
};

const SLASHED = {
  list: '/api/v2/segments/',
  all: '/api/v2/segments/segment-users/',
  one: '/api/v2/segments/{id}/segment-users/',
  move: { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users/{to}/' },
  remove: { verb: 'POST', path: '/api/v2/segments/{from}/manage-users/' },
} as const;

const MOVES = [
  { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users/{to}' },
  { verb: 'POST', path: '/api/v2/segments/{from}/manage-users/{to}' },
  { verb: 'PUT', path: '/api/v2/segments/{from}/manage-users/{to}' },
  { verb: 'POST', path: '/api/v2/segments/{from}/segment-users/{to}' },
] as const;
const REMOVALS = [
  { verb: 'POST', path: '/api/v2/segments/{from}/manage-users' },
  { verb: 'PUT', path: '/api/v2/segments/{from}/manage-users' },
] as const;
const ADD = { verb: 'POST', path: '/api/v2/segments/{to}/segment-users' } as const;

const badMove = (move: Deed): Cruelty => ({
  about: `a move that is none: ${move}.`,
  expected: { kind: 'refused', at: 'test', why: `A move does something else than it says: ${move}.` },
  server: (mild) => ({ ...mild, deeds: { ...mild.deeds, move } }),
});
const badRemoval = (remove: Deed): Cruelty => ({
  about: `a removal that is none: ${remove}.`,
  expected: { kind: 'works', without: { remove: `A removal does something else than it says: ${remove}.` } },
  server: (mild) => ({ ...mild, deeds: { ...mild.deeds, remove } }),
});

const CRUELTIES: readonly Cruelty[] = [
  badMove('copies'),
  badMove('leavesOnly'),
  badMove('replaces'),
  badMove('everybody'),
  badMove('clearsSource'),
  badMove('clearsPerson'),
  badMove('ignores'),
  badMove('nextOne'),
  badRemoval('replaces'),
  badRemoval('everybody'),
  badRemoval('clearsPerson'),
  badRemoval('ignores'),
  {
    about: 'every write says no.',
    expected: { kind: 'refused', at: 'test', why: 'What an answer says is the contrary of what was done.' },
    server: (mild) => ({ ...mild, answers: { ...mild.answers, writeStatus: 200, writeBody: 'saysNo' } }),
  },
  {
    about: 'the read of one segment never shows anybody.',
    expected: { kind: 'refused', at: 'check', why: 'Two reads contradict each other about the same segment.' },
    server: (mild) => ({ ...mild, bad: { oneEmpty: true }, routes: { ...mild.routes, all: undefined } }),
  },
];

/** A server that somebody could have built in earnest. */
function mildServer(chance: Chance): ServerProfileInput {
  const oneByOne = chance.oneIn(4);
  const keys = envelope(chance);
  const members = { members: 40, segments: chance.of([4, 6, 12]) };
  const isSlashed = chance.oneIn(12);
  return {
    routes: {
      ...(oneByOne ? { all: null } : {}),
      slash: isSlashed ? 'required' : 'either',
      move: [isSlashed ? MOVES[0] : chance.of(MOVES)],
      remove: [isSlashed ? REMOVALS[0] : chance.of(REMOVALS)],
      add: chance.oneIn(3) ? [ADD] : [],
      wrongVerb: chance.of([405, 404]),
    },
    key: key(chance),
    envelope: keys,
    fields: fields(chance),
    ids: chance.oneIn(4) ? { segments: 'text', members: 'text', accepts: chance.of(['text', 'both']) } : {},
    paging: oneByOne ? {} : paging(chance, keys.list?.length === 0),
    lag: lag(chance, oneByOne),
    answers: {
      writeStatus: chance.of([200, 200, 201, 202, 204]),
      count: chance.of(['truthful', 'truthful', 'zero', 'missing', 'text', 'null']),
      writeBody: chance.of(['envelope', 'envelope', 'none', 'text', 'empty']),
      contentType: chance.of(['json', 'json', 'json', 'text', 'none']),
      charset: chance.of(['utf8', 'utf8', 'utf8', 'bom', 'latin1', 'utf16le']),
    },
    bad: chance.oneIn(3)
      ? chance.of([{ invites: 1 }, { nullRows: 1 }, { oddEmails: 1 }, { forbidden: 1 }, { nameless: 1 }])
      : {},
    limit: chance.oneIn(8) && !oneByOne ? { requests: 10 } : null,
    options: chance.of(['allow', 'none', 'notImplemented', 'notFound', 'lies', 'cors']),
    deeds: { getRuns: chance.oneIn(6), ...(chance.oneIn(8) ? { move: 'firstOnly' } : {}) },
    people: members,
  };
}

function key(chance: Chance): ServerProfileInput['key'] {
  const refusal = chance.of(['401', '401', '403', '400', '404', 'redirect', 'loginPage', 'successFalse']);
  return {
    ...chance.of([{}, {}, { scheme: null }, { header: 'X-API-Key', scheme: null }]),
    refusal,
  };
}

function envelope(chance: Chance): NonNullable<ServerProfileInput['envelope']> {
  const choices: (readonly [string[], string[]])[] = [
    [['data'], ['data']],
    [['data'], ['data']],
    [[], []],
    [
      ['data', 'segments'],
      ['data', 'segment'],
    ],
    [['data', 'rows'], ['data']],
    [['data', 'items'], ['data']],
    [['result'], ['result']],
    [['results'], ['result']],
  ];
  const [list, one] = chance.of(choices);
  return { list, all: list, one, success: chance.of(['true', 'true', 'missing', 'text', 'one']) };
}

function fields(chance: Chance): ServerProfileInput['fields'] {
  const inner = chance.oneIn(4) ? ['user'] : [];
  const hasRows = chance.oneIn(4);
  return {
    segmentName: [chance.of(['name', 'name', 'title'])],
    members: [chance.of(['users', 'users', 'members', 'segmentUsers', 'idmMembers'])],
    memberCount: chance.oneIn(4) ? ['memberCount'] : null,
    one: chance.of(['segment', 'segment', 'segment', 'listOfOne', 'members']),
    memberId: hasRows && inner.length === 0 ? ['userId'] : [...inner, 'id'],
    email: [...inner, 'email'],
    firstName: [...inner, 'firstName'],
    lastName: [...inner, 'lastName'],
    rowId: hasRows ? ['id'] : null,
    noise: chance.oneIn(4),
  };
}

function paging(chance: Chance, isBare: boolean): ServerProfileInput['paging'] {
  if (!chance.oneIn(3)) return {};
  const size = chance.of([5, 10, 20]);
  const cut = isBare
    ? ({ kind: 'link', size, hints: [] } as const)
    : chance.of([
        { kind: 'page', size, hints: ['nextPage', 'total'] } as const,
        { kind: 'page', size, hints: ['meta', 'totalPages'] } as const,
        { kind: 'offset', size, parameter: 'offset', hints: ['total'] } as const,
        { kind: 'cursor', size, parameter: 'cursor', hints: [] } as const,
        { kind: 'address', size, hints: ['total'] } as const,
        { kind: 'link', size, hints: [] } as const,
      ]);
  return { list: { ...cut, hints: [...cut.hints] }, all: { ...cut, hints: [...cut.hints] } };
}

function lag(chance: Chance, oneByOne: boolean): ServerProfileInput['lag'] {
  const ms = chance.of([0, 0, 0, 1_000, 6_000, 30_000]);
  if (chance.oneIn(5)) return { queueMs: ms };
  if (chance.oneIn(5)) return { cacheMs: { all: ms, one: ms, list: ms }, cacheHeeds: !oneByOne };
  return { reads: { all: ms, one: ms } };
}

function createChance(seed: number): Chance {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    of: (choices) => choices[Math.floor(next() * choices.length)],
    oneIn: (many) => next() * many < 1,
  };
}
