import { failed, type HttpAnswer } from '../envelope';
import type { ProfileRead } from '../profile';
import type { AnyServer } from './server';
import { cutPage, type Wanted } from './pages';
import { fullRecord, includedRecords, memberList, memberRows, segmentRecord, type Json, type Shown } from './records';
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
  const readable = read === 'all' ? segments.filter(({ id }) => !isForbidden(server, id, forbidden)) : segments;
  const shown = [...readable, ...readable.slice(0, profile.bad.twice)];
  const page = cutPage(profile.paging[read], shown, wanted);
  if ('kind' in page) return page;
  const records = page.rows.map((segment) => {
    const place = segments.indexOf(segment);
    if (read === 'list') return segmentRecord(profile, segment, place);
    return fullRecord(profile, shownAt(server, segment, atMs, allShows), place, rowIds);
  });
  const ids = page.rows.map(({ id }) => id);
  const members = read === 'all' ? page.rows.flatMap((one) => shownAt(server, one, atMs, allShows).members) : [];
  const beside = { ...page.beside, ...includedRecords(profile, members) };
  return wrapped(profile, { ...page, beside, at: profile.envelope[read], value: formed(server, records, ids) });
}

function formed({ profile }: AnyServer, records: readonly Json[], ids: readonly number[]): unknown {
  switch (profile.envelope.form) {
    case 'list':
      return inFolders(profile.envelope.folders, records);
    case 'text':
      return JSON.stringify(records);
    case 'table': {
      const columns = Object.keys(records[0] ?? {});
      return { columns, rows: records.map((record) => columns.map((column) => record[column])) };
    }
    case 'byId':
      return Object.fromEntries(records.map((record, index) => [String(ids[index]), record]));
  }
}

/** The segments in as many folders, each a record with a list of its own; without folders the segments. */
function inFolders(folders: number, records: readonly Json[]): unknown {
  if (folders === 0) return records;
  return Array.from({ length: folders }, (_none, place) => ({
    id: 900 + place,
    name: `Folder ${place + 1}`,
    segments: records.filter((_one, index) => index % folders === place),
  }));
}

function answerOne(server: AnyServer, segmentId: number, wanted: Wanted, atMs: number): HttpAnswer {
  const { profile, state, rowIds } = server;
  const { bad, fields } = profile;
  const segments = state.listSegments();
  const place = segments.findIndex(({ id }) => id === segmentId);
  if (place === -1) return failed(404, 'Segment not found');
  if (isForbidden(server, segmentId, bad.forbidden))
    return failed(bad.forbiddenAs, 'You have no access to this segment');
  const segment = segments[place < bad.mistaken ? (place + 1) % segments.length : place];
  if (segment === undefined) return failed(404, 'Segment not found');
  const whole = shownAt(server, segment, atMs, bad.oneShows);
  const page = cutPage(profile.paging.one, bad.oneEmpty ? [] : whole.members, wanted);
  if ('kind' in page) return page;
  const shown = { ...whole, members: page.rows };
  const record = fullRecord(profile, shown, place, rowIds);
  const { headers } = page;
  const beside = { ...page.beside, ...includedRecords(profile, page.rows) };
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
  server: AnyServer,
  segment: { readonly id: number; readonly name: string },
  atMs: number,
  most: number | null,
): Shown {
  const { state, memory, profile } = server;
  const ids = memory.membersAt(segment.id, atMs);
  const some = (most === null ? ids : ids.slice(0, most)).flatMap((id) => state.person(id) ?? []);
  const turn = profile.answers.turning && some.length > 0 ? Math.floor(atMs / 100) % some.length : 0;
  const members = [...some.slice(turn), ...some.slice(0, turn)];
  const isAhead = state.listSegments().findIndex(({ id }) => id === segment.id) % 2 === 1;
  const told = ids.length + (isAhead ? profile.bad.countAhead : -profile.bad.countBehind);
  const former = formerOf(server, segment.id, atMs).flatMap((id) => state.person(id) ?? []);
  const all = state.listSegments();
  const next = all[(all.findIndex(({ id }) => id === segment.id) + 1) % all.length];
  const rivals = next === undefined ? [] : memory.membersAt(next.id, atMs).slice(0, 2);
  const count = Math.max(0, told);
  return { ...segment, members, former, count, rivals: rivals.flatMap((id) => state.person(id) ?? []) };
}

/** Whom a segment's records show as having left: those who really did, and some who did so before anything was seen. */
function formerOf({ profile, state, memory }: AnyServer, segmentId: number, atMs: number): number[] {
  if (profile.fields.gone === null) return [];
  const here = memory.membersAt(segmentId, atMs);
  const others = state.truth.initial.filter(({ id }) => id !== segmentId).flatMap(({ memberIds }) => memberIds);
  const before = [...new Set(others)].filter((id) => !here.includes(id)).slice(0, profile.bad.former);
  return [...new Set([...memory.leftBefore(segmentId, atMs), ...before])].filter((id) => !here.includes(id));
}

/** The last of the ordinary segments are those that nobody may read. */
function isForbidden({ state, testing }: AnyServer, segmentId: number, forbidden: number): boolean {
  if (forbidden === 0) return false;
  const ordinary = state.listSegments().filter(({ id }) => id !== testing?.from && id !== testing?.to);
  return ordinary.slice(-forbidden).some(({ id }) => id === segmentId);
}
