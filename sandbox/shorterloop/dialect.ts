import { DEFAULT_PROFILE, type ManageRoute, type ReadCall, type SiteProfile } from '../../src/contract';

/** The two spellings of the manage-users route that its page shows in full. */
export const DIALECTS = ['put-segment-users', 'post-manage-users'] as const;
/** One of {@link DIALECTS}. */
export type Dialect = (typeof DIALECTS)[number];

/** Paths of reads, and of calls that manage, that differ from the assumed ones. */
export type RouteOverrides = Partial<Readonly<Record<ReadCall, string>>>;
export type ManageRouteOverrides = Partial<Readonly<Record<ManageRoute, string>>>;

/** How a Shorter Loop differs from the default profile, in the simulator's own terms. */
export type Spelling = {
  readonly moveDialect?: Dialect;
  readonly removeDialect?: Dialect;
  readonly routes?: RouteOverrides;
  readonly manageRoutes?: ManageRouteOverrides;
  readonly readPlan?: SiteProfile['readPlan'];
};

const MOVES: Readonly<Record<Dialect, SiteProfile['writes']['move']>> = {
  'put-segment-users': { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users/{to}', users: 'users' },
  'post-manage-users': { verb: 'POST', path: '/api/v2/segments/{from}/manage-users/{to}', users: 'users' },
};
const REMOVALS: Readonly<Record<Dialect, SiteProfile['writes']['remove']>> = {
  'put-segment-users': { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users', users: 'users' },
  'post-manage-users': { verb: 'POST', path: '/api/v2/segments/{from}/manage-users', users: 'users' },
};

/** The profile with which the app finds everything of such a Shorter Loop. */
export function profileOf({ moveDialect, removeDialect, routes = {}, manageRoutes, readPlan }: Spelling): SiteProfile {
  const { reads, writes } = DEFAULT_PROFILE;
  const read = (call: ReadCall) => ({ ...reads[call], path: routes[call] ?? reads[call].path });
  return {
    ...DEFAULT_PROFILE,
    readPlan: readPlan ?? DEFAULT_PROFILE.readPlan,
    reads: {
      listSegments: read('listSegments'),
      segmentWithMembers: read('segmentWithMembers'),
      segmentsWithMembers: read('segmentsWithMembers'),
    },
    writes: {
      ...writes,
      move: moveDialect === undefined ? writes.move : MOVES[moveDialect],
      remove: removeDialect === undefined ? writes.remove : REMOVALS[removeDialect],
    },
    manage: manageRoutes ?? {},
  };
}
