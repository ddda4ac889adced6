import { z } from 'zod';
import type { MemberSeed } from './jira';
import { createSimulator, serveSimulator, type Dialect, type Simulator, type SimulatorOptions } from './shorterloop';

/** The Shorter Loop that the sandbox's app talks to. */
export type ShorterLoopSite = {
  readonly origin: string;
  readonly key: string;
  readonly initiativeId: number;
  readonly moveDialect: Dialect;
  readonly removeDialect: Dialect;
  /** The people that Jira's reporters are made from. */
  readonly members: readonly MemberSeed[];
  /** The embedded simulator; null when another server is used. */
  readonly simulator: Simulator | null;
  readonly stop: () => Promise<void>;
};

/** Starts the embedded simulator on a free port. */
export async function embedShorterLoop(options: SimulatorOptions): Promise<ShorterLoopSite> {
  const simulator = createSimulator(options);
  const running = await serveSimulator(simulator);
  return {
    ...facts(simulator),
    origin: running.origin,
    members: simulator.truth.snapshot().members,
    simulator,
    stop: () => running.stop(),
  };
}

const truthSchema = z.object({
  members: z.array(
    z.object({
      id: z.int(),
      email: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      segmentIds: z.array(z.int()),
    }),
  ),
});

/**
 * Uses a simulator that runs elsewhere on this machine. It must have been started with the same
 * members, segments, seed and dialect, because key and initiative follow from them.
 * Throws when nothing answers there, or something that is no simulator.
 */
export async function useShorterLoop(origin: string, options: SimulatorOptions): Promise<ShorterLoopSite> {
  const simulator = createSimulator(options);
  const { members } = await readTruth(origin);
  if (members.length !== simulator.members.length || members[0]?.email !== simulator.members[0]?.email) {
    throw new Error(
      `The simulator at ${origin} has other people: start both with the same --members, --segments and --seed`,
    );
  }
  return { ...facts(simulator), origin, members, simulator: null, stop: () => Promise.resolve() };
}

function facts({
  key,
  initiativeId,
  dialect,
  removeDialect,
}: Simulator): Pick<ShorterLoopSite, 'key' | 'initiativeId' | 'moveDialect' | 'removeDialect'> {
  return { key, initiativeId, moveDialect: dialect, removeDialect };
}

async function readTruth(origin: string): Promise<z.infer<typeof truthSchema>> {
  try {
    const response = await fetch(`${origin}/__simulator/truth`);
    return truthSchema.parse(await response.json());
  } catch (error) {
    throw new Error(`No Shorter Loop simulator answers at ${origin}: start one with npm run simulator`, {
      cause: error,
    });
  }
}
