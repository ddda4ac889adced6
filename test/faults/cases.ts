import { READ_PLANS, type ReadPlan } from '../../src/contract';
import { jsonAnswer, type PlatformAnswer } from '../../sandbox/forge/wire';
import {
  caches,
  clearsOthers,
  late,
  movesAll,
  refusesLate,
  replaces,
  showsLate,
  type OddServer,
} from '../support/oddServers';
import { ANY_CALL, HALF_MOVES, WRITE_CALL, type NamedFault } from './faultLists';
import { openLab, OPERATIONS, SEGMENTS, WRITES, type Lab, type Operation } from './lab';
import { judge, type OwnDoing, type Told, type Verdict } from './verdict';

/** One operation under one fault. */
export type FaultCase = {
  readonly name: string;
  readonly operation: Operation;
  /** Switches the fault on; answers what the case itself does to the data. */
  readonly spoil: (lab: Lab) => OwnDoing;
  /** How often the user asks for the very same thing, one after the other or side by side. */
  readonly asks?: 'once' | 'twice' | 'atOnce' | 'againAfterRest';
  /** How the site reads its segments; all of them at once unless given. */
  readonly readPlan?: ReadPlan;
};

/** How many calls each write makes to the platform when nothing goes wrong; a test holds them true. */
export const CALLS: Readonly<Record<'move' | 'remove' | 'undo', number>> = { move: 17, remove: 17, undo: 17 };

const isWrite = (operation: Operation): operation is keyof typeof CALLS => WRITES.includes(operation);

/** Every case: operations by faults, and what can happen to Forge and Jira on the way. */
export function allCases(): FaultCase[] {
  return [
    ...upstreamCases(),
    ...platformCases(),
    ...killCases(),
    ...jiraCases(),
    ...repeatedCases(),
    ...READ_PLANS.flatMap(oddServerCases),
  ];
}

type Route = 'move' | 'remove' | 'segmentWithMembers' | 'segmentsWithMembers' | 'listSegments';

function upstreamCases(): FaultCase[] {
  const cases: FaultCase[] = [];
  const add = (
    operation: Operation,
    where: string,
    route: Route,
    times: number | null,
    faults: readonly NamedFault[],
  ): void => {
    for (const { name, fault, ownDoing } of faults) {
      cases.push({
        name: `${operation}: ${where} meets ${name}`,
        operation,
        spoil: ({ site, subject }) => {
          site.simulator.faults.add({
            match: { route, ...(times === null ? {} : { nth: 1, times }) },
            fault: fault(subject),
          });
          return ownDoing?.(subject) ?? {};
        },
      });
    }
  };
  const readBackCases = (operation: Operation, readPlan: ReadPlan, route: Route, nth: number): void => {
    for (const { name, fault, ownDoing } of ANY_CALL)
      for (const [which, times] of [
        ['the first read-back', 1],
        ['every read-back', 100],
      ] as const)
        cases.push({
          name: `${operation}: ${which}, ${readPlan}, meets ${name}`,
          operation,
          readPlan,
          spoil: ({ site, subject }) => {
            site.simulator.faults.add({ match: { route, nth, times }, fault: fault(subject) });
            return ownDoing?.(subject) ?? {};
          },
        });
  };
  for (const operation of OPERATIONS) {
    if (operation !== 'unlink') add(operation, 'the reading', 'segmentsWithMembers', null, ANY_CALL);
    if (!isWrite(operation)) continue;
    const route = operation === 'remove' ? 'remove' : 'move';
    add(operation, 'the write', route, 1, [...ANY_CALL, ...WRITE_CALL, ...(operation === 'remove' ? [] : HALF_MOVES)]);
    add(
      operation,
      'every write',
      route,
      null,
      ANY_CALL.filter(({ name }) => name.startsWith('status')),
    );
    // The read-back is the plan's own read once more.
    readBackCases(operation, 'all-at-once', 'segmentsWithMembers', 2);
    readBackCases(operation, 'per-segment', 'segmentWithMembers', 1 + SEGMENTS);
    cases.push({
      name: `${operation}: the write is refused a connection`,
      operation,
      spoil: (lab) => refuseConnection(lab, /segment-users|manage-users/, (method) => method !== 'GET'),
    });
    cases.push({
      name: `${operation}: the reading is refused a connection`,
      operation,
      spoil: (lab) => refuseConnection(lab, /segment-users/, (method) => method === 'GET'),
    });
  }
  return cases;
}

/** Later than a contradiction settles a write: that it was not confirmed is then all that can be said. */
const TOO_LATE = 'shows 10 minutes late';
/** Servers that do what is asked later than they say, show it later, or do more than is asked. */
const ODD_SERVERS: readonly { readonly name: string; readonly odd: OddServer }[] = [
  { name: 'shows 10 s late', odd: showsLate(10_000) },
  { name: 'shows 60 s late', odd: showsLate(60_000) },
  { name: 'answers 202 and shows 60 s late', odd: showsLate(60_000, 202) },
  { name: 'says no and does it 60 s later', odd: refusesLate(60_000) },
  { name: TOO_LATE, odd: showsLate(600_000) },
  { name: 'answers reads from a cache of 60 s', odd: caches(60_000) },
  { name: 'takes people out of their other segments', odd: clearsOthers },
  { name: 'replaces the list', odd: replaces },
  { name: 'moves everybody', odd: movesAll },
  { name: 'replaces the list and shows it 60 s late', odd: late(replaces, 60_000) },
  { name: 'moves everybody and shows it 60 s late', odd: late(movesAll, 60_000) },
];

function oddServerCases(readPlan: ReadPlan): FaultCase[] {
  const ways: readonly Pick<OddCase, 'asks' | 'killedAt'>[] = [
    ...(['once', 'atOnce', 'againAfterRest'] as const).map((asks) => ({ asks, killedAt: null })),
    ...KILLED_AT.map((killedAt) => ({ asks: 'twice', killedAt }) as const),
  ];
  return (['move', 'remove', 'undo'] as const).flatMap((operation) =>
    ODD_SERVERS.flatMap((server) => ways.map((way) => oddServerCase({ operation, readPlan, ...server, ...way }))),
  );
}

type OddCase = Required<Pick<FaultCase, 'operation' | 'readPlan' | 'asks'>> &
  (typeof ODD_SERVERS)[number] & { readonly killedAt: number | null };

function oddServerCase({ operation, readPlan, asks, name, odd, killedAt }: OddCase): FaultCase {
  const killed = killedAt === null ? '' : `, and killed at call ${String(killedAt)}`;
  return {
    name: `${operation}: Shorter Loop ${name}, read ${readPlan}, asked ${asks}${killed}`,
    operation,
    asks,
    readPlan,
    spoil: ({ site, killAt }) => {
      site.platform.intercept(odd(site));
      if (killedAt !== null) killAt(killedAt, 'after');
      return { showsTooLate: name === TOO_LATE };
    },
  };
}
/** Calls around the request of a write, at which a process dies. */
const KILLED_AT = [12, 13];

function refuseConnection({ intercept }: Lab, path: RegExp, fits: (method: string) => boolean): OwnDoing {
  intercept(({ kind, path: asked, method }) => {
    if (kind !== 'egress' || !path.test(asked) || !fits(method)) return undefined;
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  });
  return {};
}

type Break = {
  readonly name: string;
  readonly play: (proceed: () => Promise<PlatformAnswer>) => Promise<PlatformAnswer>;
};
const STORAGE_ERROR = jsonAnswer(500, { code: 'UNKNOWN_ERROR', message: 'Something went wrong' });
const BREAKS: readonly Break[] = [
  { name: 'fails', play: () => Promise.resolve(STORAGE_ERROR) },
  {
    name: 'fails after taking effect',
    play: async (proceed) => {
      await proceed();
      return STORAGE_ERROR;
    },
  },
  {
    name: 'is limited',
    play: () => Promise.resolve(jsonAnswer(429, { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests' })),
  },
  { name: 'loses its connection', play: () => Promise.reject(new TypeError('fetch failed')) },
  {
    name: 'loses its connection after taking effect',
    play: async (proceed) => {
      await proceed();
      throw new TypeError('fetch failed');
    },
  },
  {
    name: 'says that the key is taken',
    play: () => Promise.resolve(jsonAnswer(409, { code: 'KEY_CONFLICT', message: 'Conflict' })),
  },
];

/** Every call of a write to storage, broken in every way. */
function platformCases(): FaultCase[] {
  return (['move', 'remove', 'undo'] as const).flatMap((operation) =>
    counted(CALLS[operation]).flatMap((nth) =>
      BREAKS.map(({ name, play }): FaultCase => ({
        name: `${operation}: call ${nth}, if to storage, ${name}`,
        operation,
        spoil: ({ intercept }) => {
          let seen = 0;
          intercept((call, proceed) => {
            seen += 1;
            return seen === nth && call.kind === 'kvs' ? play(proceed) : undefined;
          });
          return {};
        },
      })),
    ),
  );
}

/** The process of the function dies at every step, before and after it took effect; then the user asks again. */
function killCases(): FaultCase[] {
  return (['move', 'remove', 'undo'] as const).flatMap((operation) =>
    counted(CALLS[operation]).flatMap((nth) =>
      (['before', 'after'] as const).flatMap((when) =>
        (['once', 'twice', 'againAfterRest'] as const).map((asks): FaultCase => ({
          name: `${operation}: killed at call ${nth}, ${when} it took effect${{ once: '', twice: ', and asked again at once', againAfterRest: ', and asked again later' }[asks]}`,
          operation,
          asks,
          spoil: ({ killAt }) => {
            killAt(nth, when);
            return {};
          },
        })),
      ),
    ),
  );
}

function jiraCases(): FaultCase[] {
  const faults = [
    { name: 'a burst limit', fault: { kind: 'rateLimited', retryAfterSeconds: 1, reason: 'jira-burst-based' } },
    {
      name: 'a used-up quota',
      fault: { kind: 'rateLimited', retryAfterSeconds: 1_800, reason: 'jira-quota-tenant-based' },
    },
    { name: 'a limit that gives no reason', fault: { kind: 'rateLimited', retryAfterSeconds: null, reason: null } },
    { name: 'status 401', fault: { kind: 'status', code: 401 } },
    { name: 'status 403', fault: { kind: 'status', code: 403 } },
    { name: 'status 404', fault: { kind: 'status', code: 404 } },
    { name: 'status 500', fault: { kind: 'status', code: 500 } },
  ] as const;
  return OPERATIONS.flatMap((operation) =>
    (['/issue/', '/mypermissions'] as const)
      .filter((path) => (path === '/issue/' ? operation !== 'check' : operation !== 'open'))
      .flatMap((path) =>
        faults.map(({ name, fault }): FaultCase => ({
          name: `${operation}: Jira's ${path} meets ${name}`,
          operation,
          spoil: ({ site }) => {
            site.jira.faults.add({ fault, path });
            return {};
          },
        })),
      ),
  );
}

/** The same thing asked twice: a second click, a second delivery. */
function repeatedCases(): FaultCase[] {
  const faults: readonly (NamedFault | null)[] = [
    null,
    ...WRITE_CALL,
    ...ANY_CALL.filter(({ ownDoing }) => ownDoing === undefined),
  ];
  return (['move', 'remove', 'undo'] as const).flatMap((operation) =>
    (['twice', 'atOnce'] as const).flatMap((asks) =>
      faults.map((named): FaultCase => ({
        name: `${operation}: asked ${asks === 'twice' ? 'twice' : 'twice at once'}${named === null ? '' : `, and the first write meets ${named.name}`}`,
        operation,
        asks,
        spoil: ({ site, subject }) => {
          if (named !== null)
            site.simulator.faults.add({
              match: { route: operation === 'remove' ? 'remove' : 'move', nth: 1 },
              fault: named.fault(subject),
            });
          return {};
        },
      })),
    ),
  );
}

function counted(n: number): number[] {
  return Array.from({ length: n }, (_, index) => index + 1);
}

/** Plays one case from a fresh site to the end, recovery included, and judges it. */
export async function playCase({ operation, spoil, asks = 'once', readPlan }: FaultCase): Promise<Verdict> {
  const lab = await openLab(operation, readPlan);
  const silent = silence();
  try {
    const { truth, faults } = lab.site.simulator;
    const before = truth.writes().length;
    const ownDoing = spoil(lab);
    const told: Told[] = [];
    const ask = async (): Promise<void> => {
      const answer = await lab.act();
      told.push({
        answer,
        appliedThen: truth.writes().slice(before),
        segmentIdsThen: truth.membershipsOf(lab.subject.memberId),
      });
    };
    if (asks === 'atOnce') await Promise.all([ask(), ask()]);
    else await ask();
    if (asks === 'twice') await ask();
    faults.clear();
    lab.site.jira.faults.clear();
    if (asks === 'againAfterRest') {
      await lab.rest();
      await ask();
    }
    await lab.rest();
    return judge(lab, await lab.ledger(), told, before, ownDoing);
  } finally {
    silent.end();
    await lab.stop();
  }
}

/** Keeps the app's own log lines of a case out of the report. */
function silence(): { end: () => void } {
  const { error, warn } = console;
  console.error = () => undefined;
  console.warn = () => undefined;
  return {
    end: () => {
      console.error = error;
      console.warn = warn;
    },
  };
}
