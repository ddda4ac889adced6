import type { ManageRoute, WriteKind } from '../../src/contract';
import type { Dialect, ManageRouteOverrides, RouteOverrides } from './dialect';
import type { Clock } from '../forge/clock';
import type { FaultSwitchboard } from './faults';
import type { ServerProfile } from './profile';
import type { RouteName } from './routeName';

/** A request as the simulator takes it, whatever carried it. Header names may have any case. */
export type SimulatedRequest = {
  readonly method: string;
  /** Path with an optional query, without origin: `/api/v2/segments`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as text, or null where there is none. */
  readonly body: string | null;
};

/** How a text is written as bytes; `bom` is UTF-8 after a byte order mark, and so is UTF-16 always. */
export type Charset = 'utf8' | 'bom' | 'utf16le' | 'utf16be' | 'latin1';

/** What the simulator does about a request: it answers, drops the connection, or never says anything. */
export type SimulatedAnswer =
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      /** How the body is written as bytes; in UTF-8 unless given. */
      readonly charset?: Charset;
      /** Milliseconds to wait before the first byte. */
      readonly delayMs: number;
      /** Bytes after which the connection is cut, though the whole length was declared; null for a whole body. */
      readonly truncateAt: number | null;
    }
  | { readonly kind: 'reset'; readonly delayMs: number }
  | { readonly kind: 'silence' };

/** A person in Shorter Loop. */
export type SimulatedMember = {
  readonly id: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
};

/** A segment with the ids of its members, in the order in which they joined it. */
export type SegmentState = { readonly id: number; readonly name: string; readonly memberIds: readonly number[] };

/** A write that changed something, or could have: who was asked for, who was changed, and when (ms since the epoch). */
export type AppliedWrite = {
  readonly kind: WriteKind;
  /** Null for adding. */
  readonly from: number | null;
  /** Null for a removal. */
  readonly to: number | null;
  readonly asked: readonly number[];
  readonly applied: readonly number[];
  /** Everything that it changed; absent from the server that is described, where `applied` says it all. */
  readonly changes?: readonly MembershipChange[];
  /** What of that is not what was asked: other people, or other segments; absent where nothing is. */
  readonly beside?: readonly MembershipChange[];
  readonly atMs: number;
};

/** Somebody who joined a segment, or left it. */
export type MembershipChange = {
  readonly memberId: number;
  readonly segmentId: number;
  readonly what: 'joined' | 'left';
};

/** E-mails that were asked for: by which call, to whom, and when (ms since the epoch). Nothing is sent. */
export type SentMail = { readonly by: ManageRoute; readonly to: readonly number[]; readonly atMs: number };

/** Everything that is true at one moment. */
export type TruthSnapshot = {
  readonly segments: readonly SegmentState[];
  readonly members: readonly (SimulatedMember & { readonly segmentIds: readonly number[] })[];
  readonly writes: readonly AppliedWrite[];
};

/** Ground truth, to compare with what the app says. */
export type Truth = {
  /** The segments as they were seeded. */
  readonly initial: readonly SegmentState[];
  /** The ids of the segments a member is in now, in the order of the segments. */
  membershipsOf(memberId: number): number[];
  /** The ids of the members of a segment now; undefined when there is no such segment. */
  membersOf(segmentId: number): number[] | undefined;
  /** Every write that reached the data, oldest first. */
  writes(): readonly AppliedWrite[];
  /** Every e-mail that was asked for, oldest first. */
  mails(): readonly SentMail[];
  snapshot(): TruthSnapshot;
};

/** One request that came in. Neither key nor body is kept. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  /** Null for a path or verb that no route answers to. */
  readonly route: RouteName | null;
  readonly atMs: number;
};

/** How many requests a Shorter Loop takes in any stretch of time. */
export type RateLimit = {
  readonly requests: number;
  readonly windowMs: number;
  /**
   * Whether every answer says how much is left: `RateLimit-Limit`, `RateLimit-Remaining`, `RateLimit-Reset`
   * (seconds).
   */
  readonly headers?: boolean;
};

/** How big and how odd the simulated Shorter Loop is. Everything has a default. */
export type SimulatorOptions = {
  readonly members?: number;
  readonly segments?: number;
  /** Same seed, same people, ids and key. */
  readonly seed?: number;
  readonly dialect?: Dialect;
  /** The spelling of remove, when it differs from move's. */
  readonly removeDialect?: Dialect;
  readonly initiativeId?: number;
  readonly key?: string;
  /** Paths of the reads that differ from the assumed ones. */
  readonly routes?: RouteOverrides;
  /** Paths of the calls that manage that differ from the assumed ones. */
  readonly manageRoutes?: ManageRouteOverrides;
  /** `zero` plays the documented sample, whose count is 0 whatever was applied. */
  readonly count?: 'truthful' | 'zero';
  /** Milliseconds before every answer. */
  readonly latencyMs?: number;
  /** How many pairs of members share an e-mail address. */
  readonly sharedEmails?: number;
  /** Beyond it requests are answered with 429, and nothing is done; none unless given. */
  readonly rateLimit?: RateLimit;
  /** Another server than the one that is described; its people, key's form and routes replace those above. */
  readonly profile?: ServerProfile;
  readonly clock?: Clock;
};

/** A Shorter Loop that answers without a network. */
export type Simulator = {
  /** Answers one request. Never rejects for what a request holds. */
  handle(request: SimulatedRequest): Promise<SimulatedAnswer>;
  readonly truth: Truth;
  /** Gives a member another address or name until the next reset. Throws when there is no such member. */
  readonly changeMember: (memberId: number, changedTo: Partial<Omit<SimulatedMember, 'id'>>) => void;
  /**
   * Gives a segment other members, as somebody does by hand in Shorter Loop: it stands among the writes, as one that
   * nobody asked for. For servers of a profile alone.
   */
  readonly arrange: (segmentId: number, memberIds: readonly number[]) => void;
  readonly faults: FaultSwitchboard;
  /** Every request since the last reset, oldest first. */
  requests(): readonly SeenRequest[];
  /** How many requests the rate limit refused since the last reset. */
  refused(): number;
  /**
   * Back to the seeded state: memberships, writes, requests, faults and rate limit. What a fault put off is
   * never done.
   */
  reset(): void;
  readonly key: string;
  readonly initiativeId: number;
  readonly dialect: Dialect;
  readonly removeDialect: Dialect;
  /** The segments as they were seeded, in Shorter Loop's order. */
  readonly segments: readonly { readonly id: number; readonly name: string }[];
  readonly members: readonly SimulatedMember[];
  /** The server's form; null for the one that is described. */
  readonly profile: ServerProfile | null;
  /** Where a test can be made without harm; null where nobody has prepared anything. */
  readonly testing: TestingGround | null;
};

/** Two small segments for tests: the first of the people is in `from` and not in `to`, and never alone there. */
export type TestingGround = { readonly from: number; readonly to: number; readonly memberIds: readonly number[] };
