import { MANAGE_ROUTES, type ManageRoute, type ReadCall } from '../../src/contract';
import type { Dialect, ManageRouteOverrides, RouteOverrides } from './dialect';
import { ASSUMED_MANAGE } from './manage';

/** What a request asks for. */
export type Asked =
  | { readonly kind: 'move'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly from: string }
  | { readonly kind: 'add'; readonly to: string }
  | { readonly kind: 'listSegments' }
  | { readonly kind: 'segmentWithMembers'; readonly id: string }
  | { readonly kind: 'segmentsWithMembers' }
  /** A call that manages; `id` is null where it is about no segment. */
  | { readonly kind: ManageRoute; readonly id: string | null }
  /** A path that exists, asked with a verb that does not. */
  | { readonly kind: 'wrongVerb'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknownPath' };

/** Which spellings this Shorter Loop answers to. */
export type RouteSpelling = {
  readonly moveDialect: Dialect;
  readonly removeDialect: Dialect;
  readonly reads: RouteOverrides;
  readonly manage: ManageRouteOverrides;
};

/** The paths of the reads until an option says otherwise; see docs/shorter-loop-api.md. */
const ASSUMED_READS: Readonly<Record<ReadCall, string>> = {
  listSegments: '/api/v2/segments',
  segmentsWithMembers: '/api/v2/segments/segment-users',
  segmentWithMembers: '/api/v2/segments/{id}/segment-users',
};

const WRITES = {
  'put-segment-users': { verb: 'PUT', last: 'segment-users' },
  'post-manage-users': { verb: 'POST', last: 'manage-users' },
} as const satisfies Record<Dialect, { verb: string; last: string }>;

type Route = { readonly verb: string; readonly pattern: RegExp; read(ids: readonly string[]): Asked };

/**
 * Finds what a request asks for. A trailing slash is ignored, as the route `/:id/manage-users/:toSegmentId?`
 * of an Express server does: a client that loses the target's id gets a removal here too.
 */
export function createRouter(spelling: RouteSpelling): (method: string, path: string) => Asked {
  const routes = routeTable(spelling);
  return (method, path) => {
    const plain = (path.split('?')[0] ?? '').replace(/\/$/, '');
    const known = routes.flatMap((route) => {
      const found = route.pattern.exec(plain);
      return found === null ? [] : [{ route, ids: found.slice(1) }];
    });
    if (known.length === 0) return { kind: 'unknownPath' };
    const hit = known.find(({ route }) => route.verb === method.toUpperCase());
    return hit ? hit.route.read(hit.ids) : { kind: 'wrongVerb', allowed: known.map(({ route }) => route.verb) };
  };
}

function routeTable({ moveDialect, removeDialect, reads, manage }: RouteSpelling): Route[] {
  const move = WRITES[moveDialect];
  const remove = WRITES[removeDialect];
  const paths = { ...ASSUMED_READS, ...reads };
  return [
    { verb: 'GET', pattern: pattern(paths.listSegments), read: () => ({ kind: 'listSegments' }) },
    { verb: 'GET', pattern: pattern(paths.segmentsWithMembers), read: () => ({ kind: 'segmentsWithMembers' }) },
    {
      verb: 'GET',
      pattern: pattern(paths.segmentWithMembers),
      read: ([id = '']) => ({ kind: 'segmentWithMembers', id }),
    },
    {
      verb: move.verb,
      pattern: pattern(`/api/v2/segments/{from}/${move.last}/{to}`),
      read: ([from = '', to = '']) => ({ kind: 'move', from, to }),
    },
    {
      verb: remove.verb,
      pattern: pattern(`/api/v2/segments/{from}/${remove.last}`),
      read: ([from = '']) => ({ kind: 'remove', from }),
    },
    {
      verb: 'POST',
      pattern: pattern('/api/v2/segments/{to}/segment-users'),
      read: ([to = '']) => ({ kind: 'add', to }),
    },
    ...MANAGE_ROUTES.map((route): Route => ({
      verb: ASSUMED_MANAGE[route].verb,
      pattern: pattern(manage[route] ?? ASSUMED_MANAGE[route].path, '(\\d+)'),
      read: ([id = null]) => ({ kind: route, id }),
    })),
  ];
}

/** What a path looks like; `id` is what may stand in its holes. */
function pattern(template: string, id = '([^/]+)'): RegExp {
  const source = template.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join(id)}$`);
}
