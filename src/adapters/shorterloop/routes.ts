import {
  checkPathTemplate,
  MANAGE_ROUTES,
  ROUTE_NAMES,
  type Dialect,
  type ManageRoute,
  type ManageRouteOverrides,
  type InputReason,
  type OverridableRoute,
  type RouteOverrides,
} from '../../contract';
import { requireId } from './ids';

/** A method and a path that are ready to be sent. */
export type Target = { readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'; readonly path: string };

type ReadRoute = { readonly method: 'GET'; readonly template: string; readonly documented: boolean };
type ManageRouteEntry = {
  readonly method: 'PUT' | 'POST' | 'DELETE';
  readonly template: string;
  readonly documented: boolean;
};
type WriteRoute = { readonly method: 'PUT' | 'POST'; readonly template: string; readonly documented: boolean };

/**
 * Every route of Shorter Loop's API that the app uses. `documented` is true only where the public
 * page of *Manage user segments* shows method and path together.
 * @see docs/shorter-loop-api.md
 */
export const ROUTES: {
  readonly read: Readonly<Record<OverridableRoute, ReadRoute>>;
  readonly move: Readonly<Record<Dialect, WriteRoute>>;
  readonly remove: Readonly<Record<Dialect, WriteRoute>>;
  readonly add: WriteRoute;
  readonly manage: Readonly<Record<ManageRoute, ManageRouteEntry>>;
} = {
  read: {
    listSegments: { method: 'GET', template: '/api/v2/segments', documented: false },
    segmentWithMembers: { method: 'GET', template: '/api/v2/segments/{id}/segment-users', documented: false },
    segmentsWithMembers: { method: 'GET', template: '/api/v2/segments/segment-users', documented: false },
  },
  move: {
    'put-segment-users': { method: 'PUT', template: '/api/v2/segments/{from}/segment-users/{to}', documented: true },
    'post-manage-users': { method: 'POST', template: '/api/v2/segments/{from}/manage-users/{to}', documented: true },
  },
  remove: {
    'put-segment-users': { method: 'PUT', template: '/api/v2/segments/{from}/segment-users', documented: false },
    'post-manage-users': { method: 'POST', template: '/api/v2/segments/{from}/manage-users', documented: true },
  },
  add: { method: 'POST', template: '/api/v2/segments/{to}/segment-users', documented: false },
  // Of these the documentation has titles and verbs, and no paths.
  manage: {
    createSegment: { method: 'POST', template: '/api/v2/segments', documented: false },
    renameSegment: { method: 'PUT', template: '/api/v2/segments/{id}', documented: false },
    deleteSegment: { method: 'DELETE', template: '/api/v2/segments/{id}', documented: false },
    addByEmail: { method: 'POST', template: '/api/v2/segments/{id}/segment-users/bulk', documented: false },
    importToSegment: { method: 'POST', template: '/api/v2/segments/{id}/segment-users/import', documented: false },
    emailSegment: { method: 'POST', template: '/api/v2/segments/{id}/send-email', documented: false },
    emailMembers: { method: 'POST', template: '/api/v2/idm-members/send-email', documented: false },
    createMembers: { method: 'POST', template: '/api/v2/idm-members/bulk', documented: false },
    importMembers: { method: 'POST', template: '/api/v2/idm-members/import', documented: false },
    reinvite: { method: 'PUT', template: '/api/v2/idm-members/re-invite', documented: false },
  },
};

/** The path template that each call that manages has until an admin overrides it. */
const ASSUMED_MANAGE_ROUTES: Readonly<Record<ManageRoute, string>> = {
  createSegment: ROUTES.manage.createSegment.template,
  renameSegment: ROUTES.manage.renameSegment.template,
  deleteSegment: ROUTES.manage.deleteSegment.template,
  addByEmail: ROUTES.manage.addByEmail.template,
  importToSegment: ROUTES.manage.importToSegment.template,
  emailSegment: ROUTES.manage.emailSegment.template,
  emailMembers: ROUTES.manage.emailMembers.template,
  createMembers: ROUTES.manage.createMembers.template,
  importMembers: ROUTES.manage.importMembers.template,
  reinvite: ROUTES.manage.reinvite.template,
};

/** The path template that each read has until an admin overrides it. */
export const ASSUMED_READ_ROUTES: Readonly<Record<OverridableRoute, string>> = {
  listSegments: ROUTES.read.listSegments.template,
  segmentWithMembers: ROUTES.read.segmentWithMembers.template,
  segmentsWithMembers: ROUTES.read.segmentsWithMembers.template,
};

/** The path template of every route that an admin may override. */
export const ASSUMED_ROUTES: Readonly<Record<OverridableRoute | ManageRoute, string>> = {
  ...ASSUMED_READ_ROUTES,
  ...ASSUMED_MANAGE_ROUTES,
};

/** The move's own route. Throws TypeError unless both ids are positive safe integers and differ. */
export function moveTarget(dialect: Dialect, from: number, to: number): Target {
  const source = requireId('from', from);
  const target = requireId('to', to);
  if (source === target) throw new TypeError('a move needs two different segments');
  const { method, template } = ROUTES.move[dialect];
  return { method, path: template.replace('{from}', String(source)).replace('{to}', String(target)) };
}

/** The removal's own route: never a move's route with its end cut off. Throws TypeError for a bad id. */
export function removeTarget(dialect: Dialect, from: number): Target {
  const { method, template } = ROUTES.remove[dialect];
  return { method, path: template.replace('{from}', String(requireId('from', from))) };
}

/** The route of adding. Throws TypeError for a bad id. */
export function addTarget(to: number): Target {
  const { method, template } = ROUTES.add;
  return { method, path: template.replace('{to}', String(requireId('to', to))) };
}

/** A read's route, with the admin's override where there is one. Throws TypeError for a bad id. */
export function readTarget(route: OverridableRoute, overrides: RouteOverrides, segmentId?: number): Target {
  const template = overrides[route] ?? ROUTES.read[route].template;
  const path = segmentId === undefined ? template : template.replace('{id}', String(requireId('segmentId', segmentId)));
  return { method: 'GET', path };
}

/**
 * Whether a path template may stand in for the assumed one: it has a place for an id where that one has.
 * @returns null when it may, otherwise what is wrong with it
 */
export function checkRouteTemplate(route: OverridableRoute | ManageRoute, template: string): InputReason | null {
  return checkPathTemplate(ASSUMED_ROUTES[route], template);
}

/** Whether every override may be used. */
export function areUsable(overrides: RouteOverrides, manageOverrides: ManageRouteOverrides = {}): boolean {
  const isUsable = (route: OverridableRoute | ManageRoute, template: string | undefined): boolean =>
    template === undefined || checkRouteTemplate(route, template) === null;
  return (
    ROUTE_NAMES.every((route) => isUsable(route, overrides[route])) &&
    MANAGE_ROUTES.every((route) => isUsable(route, manageOverrides[route]))
  );
}
