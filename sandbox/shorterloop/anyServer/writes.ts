import { z } from 'zod';
import { failed, http, type HttpAnswer } from '../envelope';
import type { ProfileWrite, ServerProfile } from '../profile';
import type { AnyServer } from './server';
import { perform, type Order } from './deeds';
import { encoded, successOf } from './wrap';
import type { SimulatedRequest } from '../types';

/** Where a write is to be done. */
export type Place = { readonly write: ProfileWrite; readonly from: number | null; readonly to: number | null };

/** Answers a write, and does it as the profile says. */
export function answerWrite(server: AnyServer, place: Place, request: SimulatedRequest, nowMs: number): HttpAnswer {
  const { profile, state } = server;
  const { from, to } = place;
  const users = usersOf(profile, request);
  if (users === null || users.length === 0) return failed(422, `${profile.ids.bodyKey} must be a list of ids`);
  if ([from, to].some((id) => id !== null && !state.hasSegment(id))) return failed(404, 'Segment not found');
  if (from !== null && from === to) return failed(422, 'Source and target are the same segment');
  const { mostIds, unknownIds } = profile.deeds;
  if (mostIds !== null && users.length > mostIds) return failed(413, 'Too many users at once');
  const people = users.map((id) => personOf(server, place, id));
  const isThere = (id: number): boolean =>
    from === null ? state.person(id) !== undefined : (state.truth.membersOf(from) ?? []).includes(id);
  if (unknownIds === 'refused' && !people.every(isThere)) return failed(422, 'Some users are not in the segment');
  // Who answers with the whole segment has read it before.
  const echo = { id: from ?? to, users: (state.truth.membersOf(from ?? to ?? 0) ?? []).map((id) => ({ id })) };
  const applied = doWrite(server, { kind: place.write, from, to, people }, nowMs);
  return said(profile, applied, users, echo);
}

/** What a GET does where it runs the handler of a write: everybody of the segment is meant. */
export function runByGet(server: AnyServer, { write, from, to }: Place, nowMs: number): HttpAnswer {
  const people = from === null ? [] : [...(server.state.truth.membersOf(from) ?? [])];
  const isThere = [from, to].every((id) => id === null || server.state.hasSegment(id));
  if (!isThere) return failed(404, 'Segment not found');
  return said(server.profile, doWrite(server, { kind: write, from, to, people }, nowMs), people, { id: from });
}

function doWrite({ profile, state, memory }: AnyServer, order: Order, nowMs: number): number {
  const ground = {
    segmentIds: state.listSegments().map(({ id }) => id),
    membersOf: (segmentId: number) => state.truth.membersOf(segmentId) ?? [],
    isPerson: (memberId: number) => state.person(memberId) !== undefined,
  };
  const deed = profile.deeds[order.kind];
  // What the answer says is counted before a queue has done it, as a queue does.
  const counted = perform(deed, order, ground).applied.length;
  memory.change(
    () => {
      const { lists, applied } = perform(deed, order, ground);
      const { kind, from, to, people } = order;
      return { lists, write: { kind, from, to, asked: [...people], applied } };
    },
    nowMs,
    profile.lag.queueMs,
  );
  return counted;
}

function personOf({ profile, rowIds }: AnyServer, { from, to }: Place, id: number): number {
  if (profile.ids.writes === 'person') return id;
  return rowIds.memberOf(from ?? to ?? 0, id) ?? 0;
}

function usersOf({ ids }: ServerProfile, { body }: SimulatedRequest): number[] | null {
  const digits = z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number);
  const number = z.int().positive();
  const one = ids.accepts === 'number' ? number : ids.accepts === 'text' ? digits : z.union([number, digits]);
  const parsed = z.record(z.string(), z.unknown()).safeParse(jsonOf(body));
  const users = z.array(one).safeParse(parsed.success ? parsed.data[ids.bodyKey] : undefined);
  return users.success ? users.data : null;
}

function jsonOf(body: string | null): unknown {
  try {
    return body === null ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}

function said(profile: ServerProfile, applied: number, users: readonly number[], echo: object): HttpAnswer {
  const { writeStatus, writeBody } = profile.answers;
  const count = countOf(profile, applied);
  if (writeStatus === 204 || writeStatus === 205) return http(writeStatus, '', {});
  if (writeStatus === 303) return http(303, '', { location: '/api/v2/segments' });
  const further = furtherBody(profile, applied, users, echo);
  if (further !== undefined) return encoded(profile, further, {}, writeStatus);
  switch (writeBody) {
    case 'none':
      return http(writeStatus, '', {});
    case 'text':
      return http(writeStatus, 'OK', { 'content-type': 'text/plain' });
    case 'jsonText':
      return encoded(profile, 'OK', {}, writeStatus);
    case 'items': {
      // What was done is said of each by itself: the first ones were.
      const results = users.map((id, index) => ({ id, status: index < applied ? 200 : 404 }));
      return encoded(profile, { results }, {}, writeStatus);
    }
    case 'job':
      return encoded(profile, { jobId: 'job-71f0', status: 'queued' }, { location: '/api/v2/jobs/71f0' }, writeStatus);
    case 'empty':
      return encoded(profile, {}, {}, writeStatus);
    case 'saysNo':
      return encoded(profile, { success: false, message: 'Something went wrong', data: count }, {}, writeStatus);
    case 'segment':
      return encoded(profile, { ...successOf(profile), data: { updated: true } }, {}, writeStatus);
    case 'page':
      return http(writeStatus, '<!DOCTYPE html><html><body>Saved</body></html>', { 'content-type': 'text/html' });
    default:
      return encoded(profile, { ...successOf(profile), data: count }, {}, writeStatus);
  }
}

/** What other writes say; undefined for those of this file's other function. */
function furtherBody(profile: ServerProfile, applied: number, users: readonly number[], echo: object): unknown {
  switch (profile.answers.writeBody) {
    case 'null':
      return null;
    case 'true':
      return true;
    case 'number':
      return applied;
    case 'message':
      return { message: 'Users moved successfully' };
    case 'moved':
      return { moved: users.slice(0, applied), failed: users.slice(applied) };
    case 'affected':
      return { affectedRows: applied, insertId: 0, warningStatus: 0 };
    case 'whole':
      return { ...successOf(profile), data: echo };
    case 'failedNone':
      return { ...successOf(profile), data: { succeeded: applied, failed: users.length - applied }, errors: [] };
    default:
      return undefined;
  }
}

function countOf({ answers }: ServerProfile, applied: number): object {
  switch (answers.count) {
    case 'truthful':
      return { count: applied };
    case 'zero':
      return { count: 0 };
    case 'missing':
      return {};
    case 'text':
      return { count: String(applied) };
    case 'null':
      return { count: null };
  }
}
