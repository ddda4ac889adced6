import { systemClock } from '../forge/clock';
import { answer, type Circumstances } from './answer';
import { createSwitchboard, type Fault } from './faults';
import { createRouter, type Asked } from './routes';
import { plantSeed } from './seed';
import { spoil } from './spoil';
import { createState, type State } from './state';
import type { RouteName, SeenRequest, Simulator, SimulatorOptions } from './types';

/**
 * A Shorter Loop in memory: the five calls of docs/shorter-loop-api.md, with ground truth and faults.
 * Deterministic: the same options make the same people, segments and key.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { members = 2000, segments = 12, seed = 1, dialect = 'put-segment-users', initiativeId = 4711 } = options;
  const { removeDialect = dialect, routes = {}, count = 'truthful', latencyMs = 0, sharedEmails = 1, clock = systemClock } = options;
  const planted = plantSeed({ seed, members, segments, sharedEmails });
  const key = options.key ?? planted.key;
  const state = createState(planted);
  const faults = createSwitchboard();
  const route = createRouter({ moveDialect: dialect, removeDialect, reads: routes });
  const site = { state, key, initiativeId, count, clock };
  let seen: SeenRequest[] = [];

  return {
    async handle(request) {
      const asked = route(request.method, request.path);
      const name = routeName(asked);
      seen.push({ method: request.method, path: request.path, route: name, atMs: clock.now() });
      const struck = faults.strike(name);
      changeData(state, struck);
      const isWrite = name === 'move' || name === 'remove';
      const said = spoil(struck, isWrite, () => answer(site, asked, request, circumstancesOf(struck)));
      return said.kind === 'silence' ? said : { ...said, delayMs: said.delayMs + latencyMs };
    },
    truth: state.truth,
    faults,
    requests: () => [...seen],
    reset() {
      state.reset();
      faults.clear();
      seen = [];
    },
    key,
    initiativeId,
    dialect,
    removeDialect,
    segments: planted.segments.map(({ id, name }) => ({ id, name })),
    members: planted.members,
  };
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
