import type { Answer } from '../panel';
import type { Dialect, ReadPlan } from '../segments';
import type { MissingSetting, Problem } from '../problem';

/** The routes of the Shorter Loop API that the app uses, by name. */
export const ROUTE_NAMES = ['listSegments', 'segmentWithMembers', 'segmentsWithMembers'] as const;
/** A read route whose path is not documented, so that an admin may override it. */
export type OverridableRoute = (typeof ROUTE_NAMES)[number];
/** Path templates such as `/api/v2/segments/{id}`, for the routes that differ from the app's assumption. */
export type RouteOverrides = Partial<Record<OverridableRoute, string>>;

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
};

/** What the Connection tab shows. The key itself is never sent to a browser. */
export type ConnectionView = {
  /** Null until an admin saved settings for the first time. */
  readonly settings: ConnectionSettings | null;
  readonly keyStored: boolean;
  readonly missing: readonly MissingSetting[];
  readonly savedAtMs: number | null;
  readonly savedByAccountId: string | null;
  readonly defaults: ConnectionDefaults;
};

/** What a fresh form starts with, and the hosts that the manifest lets the app reach. */
export type ConnectionDefaults = Omit<ConnectionSettings, 'initiativeId'> & {
  readonly allowedHosts: readonly string[];
  /** The path template each overridable route has until an admin overrides it. */
  readonly assumedRoutes: Readonly<Record<OverridableRoute, string>>;
};

/** The form as sent. `key: null` keeps the stored key. */
export type SaveInput = { readonly settings: ConnectionSettings; readonly key: string | null };

/** The steps of the connection check, in the order in which they run. */
export const CHECK_STEPS = ['configured', 'segmentsListed', 'membersRead', 'segmentRead'] as const;
/** One of {@link CHECK_STEPS}. */
export type CheckStepName = (typeof CHECK_STEPS)[number];

/** One step of the check: what was asked, what came back, and what to do when it failed. */
export type CheckStep = {
  readonly name: CheckStepName;
  /** Method and path, without origin, key or ids of people: `GET /api/v2/segments`. Null when nothing was asked. */
  readonly asked: string | null;
  readonly result:
    | { readonly state: 'passed'; readonly facts: CheckFacts; readonly tookMs: number }
    | { readonly state: 'failed'; readonly problem: Problem; readonly tookMs: number }
    /** Not run, because an earlier step failed or the read plan does not need it. */
    | { readonly state: 'skipped' };
};

/** What a passed step learned, in numbers. */
export type CheckFacts = { readonly segments?: number; readonly members?: number };

/** The whole check; `usable` is true when every step that the read plan needs has passed. */
export type CheckReport = { readonly steps: readonly CheckStep[]; readonly usable: boolean };

/** The functions of the Connection tab. */
export type ConnectionDefinitions = {
  'admin.load': () => Answer<ConnectionView>;
  'admin.save': (input: SaveInput) => Answer<ConnectionView>;
  'admin.check': () => Answer<CheckReport>;
};
