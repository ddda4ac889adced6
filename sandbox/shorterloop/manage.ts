import { z } from 'zod';
import type { ManageRoute } from '../../src/contract';
import { failed, succeeded, type HttpAnswer } from './envelope';
import type { State } from './state';

/**
 * Verb and path of each call that manages segments or people, until an option says otherwise; see
 * docs/shorter-loop-api.md.
 */
export const ASSUMED_MANAGE: Readonly<Record<ManageRoute, { readonly verb: string; readonly path: string }>> = {
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

const nameBody = z.object({ name: z.string().min(1) });
const peopleBody = z.object({
  users: z
    .array(z.object({ email: z.string().min(3), firstName: z.string().optional(), lastName: z.string().optional() }))
    .min(1),
});
const mailBody = z.object({ subject: z.string().min(1), message: z.string().min(1) });
const usersBody = z.object({ users: z.array(z.int().positive()).min(1) });

/** A call that manages; `segmentId` is null for a route without a segment in its path. */
type ManageCall = { readonly route: ManageRoute; readonly segmentId: number | null; readonly body: unknown };

/** Answers a call that manages. A segment that is deleted leaves its members where they are otherwise. */
export function manage(state: State, { route, segmentId, body }: ManageCall, atMs: number): HttpAnswer {
  if (segmentId !== null && !state.hasSegment(segmentId)) return failed(404, 'Segment not found');
  const id = segmentId ?? 0;
  switch (route) {
    case 'createSegment':
      return parsed(nameBody, body, ({ name }) =>
        done('Segment created successfully', { id: state.createSegment(name), name }),
      );
    case 'renameSegment':
      return parsed(nameBody, body, ({ name }) => {
        state.renameSegment(id, name);
        return done('Segment updated successfully', { id, name });
      });
    case 'deleteSegment':
      state.deleteSegment(id);
      return done('Segment removed successfully', { count: 1 });
    case 'addByEmail':
    case 'importToSegment':
    case 'createMembers':
    case 'importMembers':
      return parsed(peopleBody, body, ({ users }) =>
        done('Users created successfully', { count: state.addPeople(segmentId, users, atMs) }),
      );
    case 'emailSegment':
      return parsed(mailBody, body, () =>
        done('Email sent successfully', { count: state.sendMail(route, state.truth.membersOf(id) ?? [], atMs) }),
      );
    case 'emailMembers':
      return parsed(mailBody.extend(usersBody.shape), body, ({ users }) =>
        done('Email sent successfully', { count: state.sendMail(route, users, atMs) }),
      );
    case 'reinvite':
      return parsed(usersBody, body, ({ users }) =>
        done('Invitations sent successfully', { count: state.sendMail(route, users, atMs) }),
      );
  }
}

function parsed<T>(schema: z.ZodType<T>, body: unknown, then: (value: T) => HttpAnswer): HttpAnswer {
  const read = schema.safeParse(body);
  return read.success ? then(read.data) : failed(422, 'The body is not as expected');
}

function done(message: string, data: object): HttpAnswer {
  return succeeded(message, JSON.stringify(data));
}
