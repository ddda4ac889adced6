import { failed, type HttpAnswer } from '../envelope';
import type { ProfileRead } from '../profile';
import type { AnyServer } from './server';
import { cutPage, type Wanted } from './pages';
import { fullRecord, memberList, memberRows, put, segmentRecord, type Json, type Shown } from './records';
import { wrapped } from './wrap';

/** Answers a read as it stands at a moment. */
export function answerRead(
  server: AnyServer,
  { read, segmentId }: { readonly read: ProfileRead; readonly segmentId: number },
  wanted: Wanted,
  atMs: number,
): HttpAnswer {
  if (read === 'one') return answerOne(server, segmentId, wanted, atMs);
  const { profile, state, rowIds } = server;
  const { forbidden, allShows } = profile.bad;
  const segments = state.listSegments();
  const shown = read === 'all' ? segments.filter(({ id }) => !isForbidden(server, id, forbidden)) : segments;
  const page = cutPage(profile.paging[read], shown, wanted);
  const records = page.rows.map((segment) => {
    const place = segments.indexOf(segment);
    if (read === 'list') return segmentRecord(profile, segment, place);
    return fullRecord(profile, shownAt(server, segment, atMs, allShows), place, rowIds);
  });
  const ids = page.rows.map(({ id }) => id);
  return wrapped(profile, { ...page, at: profile.envelope[read], value: formed(server, records, ids) });
}

function formed({ profile }: AnyServer, records: readonly Json[], ids: readonly number[]): unknown {
  switch (profile.envelope.form) {
    case 'list':
      return records;
    case 'text':
      return JSON.stringify(records);
    case 'byId':
      return Object.fromEntries(records.map((record, index) => [String(ids[index]), record]));
  }
}

function answerOne(server: AnyServer, segmentId: number, wanted: Wanted, atMs: number): HttpAnswer {
  const { profile, state, rowIds } = server;
  const { bad, fields } = profile;
  const segments = state.listSegments();
  const place = segments.findIndex(({ id }) => id === segmentId);
  if (place === -1) return failed(404, 'Segment not found');
  if (isForbidden(server, segmentId, bad.forbidden)) return failed(403, 'You have no access to this segment');
  const segment = segments[place < bad.mistaken ? (place + 1) % segments.length : place];
  if (segment === undefined) return failed(404, 'Segment not found');
  const whole = shownAt(server, segment, atMs, bad.oneShows);
  const { rows, beside, headers } = cutPage(profile.paging.one, bad.oneEmpty ? [] : whole.members, wanted);
  const shown = { ...whole, members: rows };
  const record = fullRecord(profile, shown, place, rowIds);
  if (fields.memberCount !== null) put(record, fields.memberCount, whole.count);
  const value =
    fields.one === 'segment' ? record : fields.one === 'listOfOne' ? [record] : membersAlone(server, shown, place);
  return wrapped(profile, { at: profile.envelope.one, value, beside, headers });
}

function membersAlone({ profile, rowIds }: AnyServer, shown: Shown, place: number): unknown {
  return profile.fields.form === 'byId'
    ? memberList(profile, shown, place, rowIds)
    : memberRows(profile, shown, place, rowIds);
}

function shownAt(
  { state, memory }: AnyServer,
  segment: { readonly id: number; readonly name: string },
  atMs: number,
  most: number | null,
): Shown {
  const ids = memory.membersAt(segment.id, atMs);
  const members = (most === null ? ids : ids.slice(0, most)).flatMap((id) => state.person(id) ?? []);
  return { ...segment, members, count: ids.length };
}

/** The last of the ordinary segments are those that nobody may read. */
function isForbidden({ state, testing }: AnyServer, segmentId: number, forbidden: number): boolean {
  if (forbidden === 0) return false;
  const ordinary = state.listSegments().filter(({ id }) => id !== testing?.from && id !== testing?.to);
  return ordinary.slice(-forbidden).some(({ id }) => id === segmentId);
}
