import {
  checkPath,
  checkReadPath,
  goneMarkOf,
  HOLES,
  isLikeOtherWrite,
  mayCoincide,
  MANAGE_ROUTES,
  READ_CALLS,
  WRITE_KINDS,
  type InputReason,
  type ManageRoute,
  type ReadForm,
  type SiteProfile,
  type WriteForm,
  type WriteKind,
  type WriteVerb,
} from '../../contract';
import { requireId } from './ids';

/** A method and a path that are ready to be sent. */
export type Target = { readonly method: 'GET' | WriteVerb; readonly path: string };

/**
 * The calls that manage. Of these the documentation has titles and verbs, and no paths.
 * @see docs/shorter-loop-api.md
 */
export const MANAGE_FORMS: Readonly<Record<ManageRoute, { readonly verb: WriteVerb; readonly path: string }>> = {
  createSegment: { verb: 'POST', path: '/api/v2/segments' },
  renameSegment: { verb: 'PUT', path: '/api/v2/segments/{id}' },
  deleteSegment: { verb: 'DELETE', path: '/api/v2/segments/{id}' },
  addByEmail: { verb: 'POST', path: '/api/v2/segments/{id}/segment-users/bulk' },
  importToSegment: { verb: 'POST', path: '/api/v2/segments/{id}/segment-users/import' },
  emailSegment: { verb: 'POST', path: '/api/v2/segments/{id}/send-email' },
  emailMembers: { verb: 'POST', path: '/api/v2/idm-members/send-email' },
  createMembers: { verb: 'POST', path: '/api/v2/idm-members/bulk' },
  importMembers: { verb: 'POST', path: '/api/v2/idm-members/import' },
  reinvite: { verb: 'PUT', path: '/api/v2/idm-members/re-invite' },
};

/** The move's own route. Throws TypeError unless both ids are positive safe integers and differ. */
export function moveTarget({ verb, path }: WriteForm, from: number, to: number): Target {
  const source = requireId('from', from);
  const target = requireId('to', to);
  if (source === target) throw new TypeError('a move needs two different segments');
  // Without its target a move would be a removal: the form alone could not say which is meant.
  if (!path.includes('{to}')) throw new TypeError('a move needs a path with both segments');
  return { method: verb, path: path.replace('{from}', String(source)).replace('{to}', String(target)) };
}

/** The removal's own route: never a move's route with its end cut off. Throws TypeError for a bad id. */
export function removeTarget({ verb, path }: WriteForm, from: number): Target {
  return { method: verb, path: path.replace('{from}', String(requireId('from', from))) };
}

/** The route of adding. Throws TypeError for a bad id. */
export function addTarget({ verb, path }: WriteForm, to: number): Target {
  return { method: verb, path: path.replace('{to}', String(requireId('to', to))) };
}

/** A read's route. Throws TypeError for a bad id. */
export function readTarget({ path }: Pick<ReadForm, 'path'>, segmentId?: number): Target {
  return {
    method: 'GET',
    path: segmentId === undefined ? path : path.replace('{id}', String(requireId('segmentId', segmentId))),
  };
}

/** A part of a profile that can't be used, named as a field of the profile, and why. */
export type UnusablePart = { readonly field: string; readonly reason: InputReason };

/**
 * What is wrong with the paths of a profile; null where they can be used. A move has both of its segments in its path,
 * and no write can be the same request as another call, whatever ids stand in it.
 */
export function checkPaths(profile: SiteProfile): UnusablePart | null {
  const { reads, writes, manage } = profile;
  for (const call of READ_CALLS) {
    const reason = checkReadPath(call, reads);
    if (reason !== null) return { field: `reads.${call}.path`, reason };
    const gone = reads[call].shape.member?.gone ?? [];
    // Of a field that is called otherwise nobody knows what it says, and everybody would be taken for a member.
    if (gone.length > 0 && goneMarkOf(gone) === null)
      return { field: `reads.${call}.shape.member.gone`, reason: { code: 'wrongForm' } };
  }
  for (const route of MANAGE_ROUTES) {
    const path = manage[route];
    const reason = path === undefined ? null : checkPath(path, MANAGE_FORMS[route].path.includes('{id}') ? ['id'] : []);
    if (reason !== null) return { field: `manage.${route}`, reason };
  }
  for (const kind of WRITE_KINDS) {
    const reason = checkPath(writes[kind].path, HOLES[kind]);
    if (reason !== null) return { field: `writes.${kind}.path`, reason };
    // What deletes takes out of something: nobody is moved or added by it.
    if (writes[kind].verb === 'DELETE' && kind !== 'remove')
      return { field: `writes.${kind}.verb`, reason: { code: 'wrongForm' } };
    if (isLikeManaging(kind, profile)) return { field: `writes.${kind}.path`, reason: { code: 'sameRequest' } };
  }
  // Once each of them is right by itself: the one that is named is the later of two.
  const alike = WRITE_KINDS.findLast((kind) => isLikeOtherWrite(kind, writes));
  return alike === undefined ? null : { field: `writes.${alike}.path`, reason: { code: 'sameRequest' } };
}

/** Whether a write could be the same request as a call that manages. */
function isLikeManaging(kind: WriteKind, { writes, manage }: SiteProfile): boolean {
  const { verb, path } = writes[kind];
  return MANAGE_ROUTES.some((route) => {
    const form = MANAGE_FORMS[route];
    return form.verb === verb && mayCoincide(manage[route] ?? form.path, path);
  });
}
