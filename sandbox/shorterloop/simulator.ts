import { systemClock } from '../forge/clock';
import { answer, type Circumstances } from './answer';
import { createAnyServer } from './anyServer';
import { createSwitchboard, type Fault } from './faults';
import { createGate, type Verdict } from './rateLimit';
import { createRouter, type Asked } from './routes';
import { plantSeed, withTestingGround, type Seed, type SeedPlan } from './seed';
import { applyFaults } from './applyFaults';
import { createState, type State } from './state';
import type { ServerProfile } from './profile';
import type { RouteName } from './routeName';
import type { SeenRequest, SimulatedAnswer, Simulator, SimulatorOptions, TestingGround, Truth } from './types';

/**
 * A Shorter Loop in memory: the calls of docs/shorter-loop-api.md, with ground truth and faults.
 * Deterministic: the same options make the same people, segments and key.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { members = 2000, segments = 12, seed = 1, dialect = 'put-segment-users', initiativeId = 4711 } = options;
  const {
    removeDialect = dialect,
    routes = {},
    manageRoutes = {},
    count = 'truthful',
    latencyMs = 0,
    sharedEmails = 1,
    clock = systemClock,
  } = options;
  const { profile } = options;
  const { planted, testing } = grounds({ seed, sharedEmails, members, segments, ...profile?.people }, profile);
  const key = options.key ?? planted.key;
  const state = createState(planted);
  const faults = createSwitchboard();
  const route = createRouter({ moveDialect: dialect, removeDialect, reads: routes, manage: manageRoutes });
  const site = { state, key, initiativeId, count, clock };
  const other = profile && createAnyServer({ profile, state, key, initiativeId, testing });
  const gate = createGate(options.rateLimit);
  const postponed = createPostponed();
  let seen: SeenRequest[] = [];

  return {
    async handle(request) {
      const asked = route(request.method, request.path);
      const name = other ? other.routeOf(request) : routeName(asked);
      seen.push({ method: request.method, path: request.path, route: name, atMs: clock.now() });
      const { refusal, headers } = gate.ask(clock.now());
      if (refusal !== null) return { ...refusal, delayMs: latencyMs };
      const struck = faults.strike(name);
      changeData(state, struck);
      const honest = () =>
        other ? other.answer(request, clock.now()) : answer(site, asked, request, circumstancesOf(struck));
      const later = (afterMs: number): void => postponed.later(afterMs, honest);
      const said = applyFaults(struck, isWrite(name), { now: honest, later });
      return delayed(said, headers, latencyMs);
    },
    truth: other ? settled(state.truth, () => other.settle(clock.now())) : state.truth,
    changeMember: (memberId, changedTo) => state.changeMember(memberId, changedTo),
    arrange(segmentId, memberIds) {
      other?.arrange(segmentId, memberIds, clock.now());
    },
    faults,
    requests: () => [...seen],
    refused: gate.refused,
    reset() {
      state.reset();
      other?.reset();
      faults.clear();
      gate.reset();
      postponed.clear();
      seen = [];
    },
    ...{ key, initiativeId, dialect, removeDialect, profile: profile ?? null, testing },
    segments: planted.segments.map(({ id, name }) => ({ id, name })),
    members: planted.members,
  };
}

function grounds(
  plan: SeedPlan,
  profile: ServerProfile | undefined,
): { readonly planted: Seed; readonly testing: TestingGround | null } {
  const planted = plantSeed(plan);
  if (profile === undefined || !profile.people.tests || plan.segments === 0) return { planted, testing: null };
  const { seed, testing } = withTestingGround(planted, profile.people.emptyFirst);
  return { planted: seed, testing };
}

/** The truth of a server with a queue: what was due is done before anybody looks. */
function settled(truth: Truth, settle: () => void): Truth {
  const after = <T>(look: () => T): T => {
    settle();
    return look();
  };
  return {
    initial: truth.initial,
    membershipsOf: (memberId) => after(() => truth.membershipsOf(memberId)),
    membersOf: (segmentId) => after(() => truth.membersOf(segmentId)),
    writes: () => after(() => truth.writes()),
    mails: () => truth.mails(),
    snapshot: () => after(() => truth.snapshot()),
  };
}

/** Work that waits, until it is done or cleared. */
function createPostponed(): { later(afterMs: number, work: () => void): void; clear(): void } {
  const timers = new Set<NodeJS.Timeout>();
  return {
    later(afterMs, work) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, afterMs);
      timer.unref();
      timers.add(timer);
    },
    clear() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function isWrite(name: RouteName | null): boolean {
  return name !== null && name !== 'listSegments' && name !== 'segmentWithMembers' && name !== 'segmentsWithMembers';
}

/** What the simulator says, with the headers of its rate limit and after its latency. */
function delayed(said: SimulatedAnswer, headers: Verdict['headers'], latencyMs: number): SimulatedAnswer {
  switch (said.kind) {
    case 'silence':
      return said;
    case 'reset':
      return { ...said, delayMs: said.delayMs + latencyMs };
    case 'http':
      return { ...said, headers: { ...said.headers, ...headers }, delayMs: said.delayMs + latencyMs };
  }
}

function routeName(asked: Asked): RouteName | null {
  return asked.kind === 'unknownPath' || asked.kind === 'wrongVerb' ? null : asked.kind;
}

function changeData(state: State, faults: readonly Fault[]): void {
  for (const fault of faults) {
    if (fault.kind === 'segmentDeleted') state.deleteSegment(fault.id);
    if (fault.kind === 'memberGone') state.forgetMember(fault.id);
  }
}

function circumstancesOf(faults: readonly Fault[]): Circumstances {
  let circumstances: Circumstances = { keyRevoked: false, wrongInitiative: false, howMuch: 'whole', count: null };
  for (const fault of faults) {
    if (fault.kind === 'keyRevoked') circumstances = { ...circumstances, keyRevoked: true };
    if (fault.kind === 'wrongInitiative') circumstances = { ...circumstances, wrongInitiative: true };
    if (fault.kind === 'appliedPartly') circumstances = { ...circumstances, howMuch: fault.how };
    if (fault.kind === 'count') circumstances = { ...circumstances, count: fault.count };
  }
  return circumstances;
}
