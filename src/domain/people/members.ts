import { searchText, SEARCH_LIMIT, type MemberView, type SearchResult } from '../../contract';
import { normalizeEmail } from './email';

/** A segment with what Shorter Loop tells of its members. */
export type SegmentWithPeople = {
  readonly id: number;
  readonly members: readonly { readonly id: number; readonly email: string | null; readonly name: string | null }[];
};

/** One member by id, with their segments; the name is null when they are in no segment. */
export function memberById(segments: readonly SegmentWithPeople[], memberId: number): MemberView {
  const [found] = collect(segments, (member) => member.id === memberId);
  return found ?? { id: memberId, name: null, segmentIds: [] };
}

/** Every member that has exactly this e-mail, each once, in Shorter Loop's order. */
export function membersByEmail(segments: readonly SegmentWithPeople[], email: string): MemberView[] {
  const wanted = normalizeEmail(email);
  return collect(segments, (member) => member.email !== null && normalizeEmail(member.email) === wanted);
}

/**
 * Finds members by a whole e-mail address, by member id (`1685` or `#1685`), or by a part of the
 * name without regard to case, accents and letters that few keyboards have.
 * @param query at least 2 characters, checked by the entry point
 */
export function searchMembers(segments: readonly SegmentWithPeople[], query: string): SearchResult {
  const found = search(segments, query);
  return { members: found.slice(0, SEARCH_LIMIT), truncated: found.length > SEARCH_LIMIT, needsSegment: false };
}

/** What someone who searches has typed. */
export type Query =
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'id'; readonly memberId: number }
  | { readonly kind: 'name'; readonly part: string };

/** Tells an e-mail address and a member id (`1685` or `#1685`) from a part of a name. */
export function queryOf(text: string): Query {
  const typed = text.replace(UNSEEN, '').replace(WIDE_AT, '@').trim();
  if (typed.includes('@')) return { kind: 'email', email: bareAddress(typed) };
  const id = Number(/^#?(\d{1,16})$/.exec(typed)?.[1] ?? Number.NaN);
  return Number.isSafeInteger(id) ? { kind: 'id', memberId: id } : { kind: 'name', part: typed };
}

/** What is copied along and can't be seen, in no address nor id; and the @ of keyboards for wide letters. */
const UNSEEN = /[\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/g;
const WIDE_AT = /[\ufe6b\uff20]/g;

/** An address as mail programs copy it: with a name before it, as a link, with what separates it from the next. */
function bareAddress(text: string): string {
  const own = /[<(]([^<>()\s]+@[^<>()\s]+)[>)]/.exec(text)?.[1] ?? text;
  const bare = own.replace(/^[\s"<(;,]+|[\s">);,.]+$/g, '');
  return /^mailto:/i.test(bare) ? bare.replace(/^mailto:|\?.*$/gis, '') : bare;
}

function search(segments: readonly SegmentWithPeople[], text: string): MemberView[] {
  const query = queryOf(text);
  switch (query.kind) {
    case 'email':
      return membersByEmail(segments, query.email);
    case 'id':
      return collect(segments, (member) => member.id === query.memberId);
    case 'name': {
      const wanted = searchText(query.part);
      // Of accents alone nothing is left, which would be a part of every name.
      if (wanted === '') return [];
      return collect(segments, (member) => member.name !== null && searchText(member.name).includes(wanted));
    }
  }
}

type Person = SegmentWithPeople['members'][number];

function collect(segments: readonly SegmentWithPeople[], wanted: (member: Person) => boolean): MemberView[] {
  const found = new Map<number, { id: number; name: string | null; segmentIds: number[] }>();
  for (const segment of segments) {
    for (const member of segment.members) {
      if (!wanted(member)) continue;
      const known = found.get(member.id) ?? { id: member.id, name: null, segmentIds: [] };
      known.name ??= member.name;
      known.segmentIds.push(segment.id);
      found.set(member.id, known);
    }
  }
  return [...found.values()];
}
