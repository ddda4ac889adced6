import type { IdForm, Invitee, ManageCall, SiteProfile } from '../../contract';
import { requireId, requireUsers, sentIds } from './ids';
import { MANAGE_FORMS, type Target } from './routes';

/** A call that manages, ready to be sent: `body` is null where there is none. */
export type ManageRequest = { readonly target: Target; readonly body: object | null };

/** The request of a call. Throws TypeError for an id that is no positive safe integer, and for an empty list. */
export function manageRequest(call: ManageCall, overrides: SiteProfile['manage'], ids: IdForm): ManageRequest {
  const { verb, path: assumed } = MANAGE_FORMS[call.route];
  const path = overrides[call.route] ?? assumed;
  const target = {
    method: verb,
    path: 'segmentId' in call ? path.replace('{id}', String(requireId('segmentId', call.segmentId))) : path,
  };
  return { target, body: bodyOf(call, ids) };
}

/** How many people a call is about; one where it is about a segment. */
export function peopleOf(call: ManageCall): number {
  if ('people' in call) return call.people.length;
  return 'memberIds' in call ? requireUsers(call.memberIds).length : 1;
}

function bodyOf(call: ManageCall, ids: IdForm): object | null {
  switch (call.route) {
    case 'createSegment':
    case 'renameSegment':
      return { name: call.name };
    case 'deleteSegment':
      return null;
    case 'addByEmail':
    case 'importToSegment':
    case 'createMembers':
    case 'importMembers':
      if (call.people.length === 0) throw new TypeError('people must be a list that is not empty');
      return { users: call.people.map(plainInvitee) };
    case 'emailSegment':
      return { subject: call.subject, message: call.message };
    case 'emailMembers':
      return { users: sentIds(requireUsers(call.memberIds), ids), subject: call.subject, message: call.message };
    case 'reinvite':
      return { users: sentIds(requireUsers(call.memberIds), ids) };
  }
}

function plainInvitee({ email, firstName, lastName }: Invitee): object {
  return { email, ...(firstName === null ? {} : { firstName }), ...(lastName === null ? {} : { lastName }) };
}
