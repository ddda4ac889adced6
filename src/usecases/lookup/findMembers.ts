import { type SearchInput, type SearchResult, type Segment, ok, type Result } from '../../contract';
import { memberById, queryOf, searchMembers, type MemberRecord } from '../../domain/people';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import { membersByEmailKey, readEmailKeyOf, readMember, readMembers } from '../../adapters/store';
import {
  snapshotFor,
  readAllSegments,
  readAffectedSegments,
  whereTheyAre,
  type AffectedSegments,
} from './readAffectedSegments';
import type { Subject } from './subject';

const NEEDS_SEGMENT: SearchResult = { members: [], truncated: false, needsSegment: true };

/** What a search came to, and the segments that there are, as they were read for it or as the directory has them. */
export type FoundIn = { readonly found: SearchResult; readonly segments: readonly Segment[] };

/** Finds members by e-mail, id or part of a name. Nothing about names is kept: they are read for this. */
export async function findMembers(
  { connected, directoryMeta }: Pick<Subject, 'connected' | 'directoryMeta'>,
  { query, segmentId }: SearchInput,
): Promise<Result<FoundIn>> {
  const snapshot = snapshotFor(connected.settings, directoryMeta);
  const isName = queryOf(query).kind === 'name';
  if (snapshot === null) {
    const all = await readAllSegments(connected, 'look');
    return all.kind === 'ok'
      ? ok({ found: searchIn(all.value.segments, query, isName ? segmentId : undefined), segments: all.value.segments })
      : all;
  }
  if (isName && segmentId === undefined) return ok({ found: NEEDS_SEGMENT, segments: snapshot.segments });
  const members = isName ? [] : await membersMeant(query);
  const affectedSegments: AffectedSegments = segmentId === undefined || !isName ? whereTheyAre : () => [segmentId];
  const reading = await readAffectedSegments(connected, snapshot, { members, affectedSegments, purpose: 'look' });
  if (reading.kind === 'problem') return reading;
  const found = searchMembers(reading.value.segments, query);
  return ok({
    found: isName
      ? await withOtherSegments(
          found,
          snapshot.segments.map(({ id }) => id),
        )
      : found,
    segments: snapshot.segments,
  });
}

/** Looked for in one segment where it is given, and told with all of theirs. */
function searchIn(segments: readonly SegmentWithMembers[], query: string, segmentId: number | undefined): SearchResult {
  const found = searchMembers(
    segmentId === undefined ? segments : segments.filter(({ id }) => id === segmentId),
    query,
  );
  return { ...found, members: found.members.map(({ id }) => memberById(segments, id)) };
}

async function membersMeant(text: string): Promise<MemberRecord[]> {
  const query = queryOf(text);
  switch (query.kind) {
    case 'email': {
      const keyOf = await readEmailKeyOf();
      return keyOf === null ? [] : membersByEmailKey(keyOf(query.email));
    }
    case 'id': {
      const member = query.memberId > 0 ? await readMember(query.memberId) : null;
      return member === null ? [] : [member];
    }
    case 'name':
      return [];
  }
}

/** Found in one segment, they may be in others as well, of which the directory knows. */
async function withOtherSegments(found: SearchResult, segmentIds: readonly number[]): Promise<SearchResult> {
  const rows = await readMembers(found.members.map(({ id }) => id));
  const members = found.members.map((member) => {
    const known = rows.get(member.id)?.segmentIds ?? [];
    return { ...member, segmentIds: segmentIds.filter((id) => member.segmentIds.includes(id) || known.includes(id)) };
  });
  return { ...found, members };
}
