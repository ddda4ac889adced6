import fc from '../support/chance';
import type { Simulator } from '../../sandbox/shorterloop';

type Fault = Parameters<Simulator['faults']['add']>[0]['fault'];

/** Whom a step is about, by the state of the issue from which it is done: members in one, several and several segments. */
export const ISSUES = ['one', 'many', 'linked'] as const;

/** What someone does at some moment of a story. */
export type Step = {
  /** When, in milliseconds after the story began. */
  readonly atMs: number;
  readonly what: 'move' | 'remove' | 'add' | 'addOnBoard' | 'undo' | 'open' | 'sameAgain';
  readonly issue: (typeof ISSUES)[number];
  /** Which of those who may edit. */
  readonly actor: 0 | 1;
  /** Which segment to move to, and from which: taken modulo what there is. */
  readonly pick: number;
  /** The call to the platform at which this invocation dies, if any. */
  readonly killedAt: number | null;
};

/** A fault of Shorter Loop that strikes one request. */
type StoryFault = {
  readonly route: 'move' | 'remove' | 'add' | 'segmentWithMembers' | 'segmentsWithMembers';
  readonly nth: number;
  readonly fault: Fault;
};

/** A story: people who act at once, a network and a storage that fail, and the order in which calls arrive. */
export type Story = {
  readonly steps: readonly Step[];
  readonly faults: readonly StoryFault[];
  /** How far the queries of storage lag behind its rows, in milliseconds. */
  readonly queryLagMs: number;
  /** The calls to storage that fail, counted over the whole story. */
  readonly storageFailures: readonly { readonly nth: number; readonly afterEffect: boolean }[];
  readonly order: number;
  /** How far what Shorter Loop shows lags behind what it has accepted, or refused, and why; null where it does not. */
  readonly server: { readonly how: 'showsLate' | 'refusesLate' | 'caches'; readonly ms: number } | null;
};

const step: fc.Arbitrary<Step> = fc.record({
  atMs: fc.oneof(fc.nat(50), fc.nat(6_000), fc.nat(60_000)),
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constant('move' as const) },
    { weight: 2, arbitrary: fc.constant('remove' as const) },
    { weight: 1, arbitrary: fc.constant('add' as const) },
    { weight: 1, arbitrary: fc.constant('addOnBoard' as const) },
    { weight: 2, arbitrary: fc.constant('undo' as const) },
    { weight: 1, arbitrary: fc.constant('open' as const) },
    { weight: 2, arbitrary: fc.constant('sameAgain' as const) },
  ),
  // Mostly the same one, so that people meet.
  issue: fc.oneof(
    { weight: 4, arbitrary: fc.constant('one' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...ISSUES) },
  ),
  actor: fc.constantFrom(0 as const, 1 as const),
  pick: fc.nat(20),
  killedAt: fc.oneof(
    { weight: 7, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 17 }) },
  ),
});

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>(
    { kind: 'resetBefore' },
    { kind: 'resetAfterApplying' },
    { kind: 'timeoutBefore' },
    { kind: 'timeoutAfterApplying' },
    { kind: 'html', applied: true },
    { kind: 'halfBody', applied: true },
    { kind: 'successFalse', applied: true },
    { kind: 'successFalse', applied: false },
    { kind: 'appliedPartly', how: 'firstHalf' },
    { kind: 'count', count: 'zero' },
  ),
  fc.nat(14_000).map((ms): Fault => ({ kind: 'latency', ms })),
  fc.nat(14_000).map((afterMs): Fault => ({ kind: 'timeoutThenApplying', afterMs })),
  fc
    .record({ code: fc.constantFrom(400, 401, 404, 422, 429, 500, 502, 503), applied: fc.boolean() })
    .map(({ code, applied }): Fault => ({ kind: 'status', code, html: false, applied: applied && code >= 500 })),
);

/** A story, of any server. */
export const story: fc.Arbitrary<Story> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
  faults: fc.array(
    fc.record({
      // The writes are where it matters most.
      route: fc.constantFrom(
        'move' as const,
        'move' as const,
        'remove' as const,
        'add' as const,
        'segmentWithMembers' as const,
        'segmentsWithMembers' as const,
      ),
      nth: fc.integer({ min: 1, max: 3 }),
      fault,
    }),
    { maxLength: 3 },
  ),
  storageFailures: fc.array(fc.record({ nth: fc.integer({ min: 1, max: 90 }), afterEffect: fc.boolean() }), {
    maxLength: 2,
  }),
  queryLagMs: fc.constantFrom(0, 0, 1_000, 30_000),
  order: fc.integer(),
  server: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    {
      weight: 2,
      // Less than what the app waits for: beyond that nothing can be said for sure.
      arbitrary: fc.record({
        how: fc.constantFrom('showsLate' as const, 'refusesLate' as const, 'caches' as const),
        ms: fc.nat(240_000),
      }),
    },
  ),
});
