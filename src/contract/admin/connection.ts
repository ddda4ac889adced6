import type { ManageRoute } from '../manage';
import type { Result } from '../result';
import type { LedgerEntry } from '../ledger';
import type { Proofs } from '../proofs';
import type { Dialect, MemberView, ReadPlan, Segment } from '../segments';
import type { MissingSetting, Problem } from '../problem';

/** The routes of the Shorter Loop API that the app uses, by name. */
export const ROUTE_NAMES = ['listSegments', 'segmentWithMembers', 'segmentsWithMembers'] as const;
/** A read route whose path is not documented, so that an admin may override it. */
export type OverridableRoute = (typeof ROUTE_NAMES)[number];
/** Path templates such as `/api/v2/segments/{id}`, for the routes that differ from the app's assumption. */
export type RouteOverrides = Partial<Record<OverridableRoute, string>>;

/** Path templates of the calls that manage, for those that differ from the app's assumption. */
export type ManageRouteOverrides = Partial<Record<ManageRoute, string>>;

/** How the app reaches Shorter Loop, without the key. */
export type ConnectionSettings = {
  /** An https origin within the manifest's egress, without a path: `https://api.shorterloop.com`. */
  readonly apiOrigin: string;
  /** The Shorter Loop product; sent in the `initiativeId` header. */
  readonly initiativeId: number;
  /** The word before the key in the Authorization header. */
  readonly authScheme: string;
  readonly moveDialect: Dialect;
  readonly removeDialect: Dialect;
  readonly readPlan: ReadPlan;
  /** Whether members may be added to segments: Shorter Loop does not document how. */
  readonly canAdd: boolean;
  readonly routes: RouteOverrides;
  readonly manageRoutes?: ManageRouteOverrides;
};

/** What the Connection tab shows. The key itself is never sent to a browser. */
export type ConnectionView = {
  /** Null until an admin saved settings for the first time. */
  readonly settings: ConnectionSettings | null;
  /** When the key was stored, milliseconds since the epoch; null when there is none. */
  readonly keyStoredAtMs: number | null;
  readonly proofs: Proofs;
  /** Whether the reads are proven, so that entry points may write. */
  readonly writesOn: boolean;
  readonly missing: readonly MissingSetting[];
  readonly savedAtMs: number | null;
  readonly savedByAccountId: string | null;
  readonly defaults: ConnectionDefaults;
};

/** What a fresh form starts with, and the hosts that the manifest lets the app reach. */
export type ConnectionDefaults = Omit<ConnectionSettings, 'initiativeId'> & {
  readonly allowedHosts: readonly string[];
  /** The path template each overridable route has until an admin overrides it. */
  readonly assumedRoutes: Readonly<Record<OverridableRoute | ManageRoute, string>>;
};

/** The form as sent. `key: null` keeps the stored key. */
export type SaveInput = { readonly settings: ConnectionSettings; readonly key: string | null };

/** The steps of the connection check, in the order in which they run. None of them writes. */
export const CHECK_STEPS = [
  'configured',
  'reachable',
  'keyAccepted',
  'initiativeKnown',
  'segmentsListed',
  'membersRead',
  'segmentRead',
  'dialectFound',
] as const;
/** One of {@link CHECK_STEPS}. */
export type CheckStepName = (typeof CHECK_STEPS)[number];

/** One step of the check: what was asked, what came back, and what to do when it failed. */
export type CheckStep = {
  readonly name: CheckStepName;
  /** Methods and paths, without origin, key or ids of people: `GET /api/v2/segments`. Empty when nothing was asked. */
  readonly asked: readonly string[];
  readonly result:
    | { readonly state: 'passed'; readonly facts: CheckFacts; readonly tookMs: number }
    | { readonly state: 'failed'; readonly problem: Problem; readonly tookMs: number }
    /** Not run, because the read plan does not need it or there is nothing to read. */
    | { readonly state: 'skipped' };
};

/** What a passed step learned. */
export type CheckFacts = {
  readonly segments?: number;
  readonly members?: number;
  /** The segments whose records can't be read in full: nothing is written about them. */
  readonly unreadable?: readonly number[];
  /** How many records have no id that can be read, and are left out everywhere. */
  readonly leftOut?: number;
  /** HTTP status of an answer that was not looked into. */
  readonly status?: number;
  /** The spellings that Shorter Loop answers to; null where asking can't tell. */
  readonly dialects?: FoundDialects;
};

/** Which spelling of a move and of a removal a site answers to; null where it can't be told by asking. */
export type FoundDialects = { readonly move: Dialect | null; readonly remove: Dialect | null };

/** A move that is made to prove that moving works. Sent twice with the ends swapped, it leaves all as it was. */
export type ProveMoveInput = {
  /** A UUID made by the page for each of the two moves. */
  readonly operationId: string;
  /** The operation id of the move that this one takes back; null for the first. */
  readonly undoes: string | null;
  readonly memberId: number;
  readonly fromSegmentId: number;
  readonly toSegmentId: number;
};

/** What an admin can choose from to prove a write. */
export type ProvingGround = {
  readonly segments: readonly SegmentCount[];
  /** The members of the segment that was asked about, at most {@link PROVING_LIMIT}. */
  readonly members: readonly MemberView[];
};
/** How many members of a segment are offered to prove a write with. */
export const PROVING_LIMIT = 50;

/** A segment with the number of its members; null when it is not known. */
export type SegmentCount = Segment & { readonly members: number | null };

/** The functions of the Connection tab. */
export type ConnectionDefinitions = {
  'admin.load': () => Result<ConnectionView>;
  'admin.save': (input: SaveInput) => Result<ConnectionView>;
  'admin.checkStep': (input: { readonly step: CheckStepName }) => Result<CheckStep>;
  'admin.provingGround': (input: { readonly segmentId: number | null }) => Result<ProvingGround>;
  'admin.proveMove': (input: ProveMoveInput) => Result<LedgerEntry>;
};
