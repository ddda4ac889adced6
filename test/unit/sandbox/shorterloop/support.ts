import {
  createSimulator,
  type SimulatedAnswer,
  type Simulator,
  type SimulatorOptions,
} from '../../../../sandbox/shorterloop';

/** A small simulator whose time stands still. */
export function small(options: SimulatorOptions = {}): Simulator {
  return createSimulator({ members: 40, segments: 4, clock: { now: () => 1_700_000_000_000 }, ...options });
}

type Http = Extract<SimulatedAnswer, { kind: 'http' }>;

/** Sends a request with the right key and initiative; `headers` replaces single ones, undefined leaves one out. */
export async function ask(
  simulator: Simulator,
  method: string,
  path: string,
  users?: unknown,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<SimulatedAnswer> {
  return simulator.handle({
    method,
    path,
    headers: {
      Authorization: `Bearer ${simulator.key}`,
      initiativeId: String(simulator.initiativeId),
      'Content-Type': 'application/json',
      ...headers,
    },
    body: users === undefined ? null : JSON.stringify({ users }),
  });
}

/** The answer when it carries HTTP; anything else fails the test. */
export function asHttp(answer: SimulatedAnswer): Http {
  if (answer.kind !== 'http') throw new Error(`expected an HTTP answer, got ${answer.kind}`);
  return answer;
}

/** Status and parsed body. */
export async function asked(...request: Parameters<typeof ask>): Promise<{ status: number; body: unknown }> {
  const { status, body } = asHttp(await ask(...request));
  return { status, body: JSON.parse(body) };
}

/** Two segments, someone who is in the first and not in the second, and all who are. */
export function scene(simulator: Simulator): { from: number; to: number; memberId: number; movable: number[] } {
  const [first, second] = simulator.truth.initial;
  const movable = first?.memberIds.filter((id) => !second?.memberIds.includes(id)) ?? [];
  const [memberId] = movable;
  if (first === undefined || second === undefined || memberId === undefined)
    throw new Error('the seed is too small for this test');
  return { from: first.id, to: second.id, memberId, movable };
}
