import {
  formText,
  MANAGE_ROUTES,
  READ_CALLS,
  WRITE_KINDS,
  type KeyPath,
  type Paging,
  type ProfileAspect,
  type ReadCall,
  type ReadForm,
  type SiteProfile,
  type WriteKind,
} from '@contract';

/** A row of the profile's table: a part with evidence of its own, or the paths of the calls that manage. */
export type Part = ProfileAspect | 'manage';

/** The rows, in the order in which they are shown. */
export const PARTS: readonly Part[] = ['key', 'ids', 'readPlan', ...READ_CALLS, ...WRITE_KINDS, 'manage'];

/** How a list may go on. */
export const PAGINGS: readonly Paging['kind'][] = ['none', 'page', 'offset', 'cursor', 'address', 'link'];

/** The typed fields of one part, by name. */
export type Typed = Readonly<Record<string, string>>;

/** Whether a part is one of the reads. */
export function isReadCall(part: Part): part is ReadCall {
  return READ_CALLS.some((call) => call === part);
}

/** Whether a part is one of the writes. */
export function isWriteKind(part: Part): part is WriteKind {
  return WRITE_KINDS.some((kind) => kind === part);
}

/** Keys joined by dots; empty for the value itself, and for what no answer has. */
export function placeText(path: KeyPath | null): string {
  return path === null ? '' : path.join('.');
}

/** A part as text fields: what an admin corrects. */
export function typedOf(profile: SiteProfile, part: Part): Typed {
  if (isReadCall(part)) return typedRead(profile.reads[part]);
  if (isWriteKind(part)) return { ...profile.writes[part] };
  switch (part) {
    case 'key':
      return { header: profile.key.header, scheme: profile.key.scheme ?? '' };
    case 'ids':
      return { ids: profile.ids };
    case 'readPlan':
      return { readPlan: profile.readPlan };
    case 'manage':
      return Object.fromEntries(MANAGE_ROUTES.map((route) => [route, profile.manage[route] ?? '']));
  }
}

function typedRead({ path, shape, paging, total }: ReadForm): Typed {
  const { member } = shape;
  return {
    path,
    records: placeText(shape.records),
    id: placeText(shape.id),
    name: placeText(shape.name),
    ...(member === null
      ? {}
      : {
          members: placeText(shape.members),
          memberCount: placeText(shape.memberCount),
          memberId: placeText(member.id),
          email: placeText(member.email),
          memberName: placeText(member.name),
          firstName: placeText(member.firstName),
          lastName: placeText(member.lastName),
          gone: placeText(member.gone ?? null),
        }),
    paging: paging.kind,
    parameter: 'parameter' in paging ? paging.parameter : '',
    first: paging.kind === 'page' ? String(paging.first) : '1',
    next:
      paging.kind === 'cursor' ? placeText(paging.cursor) : paging.kind === 'address' ? placeText(paging.address) : '',
    total: placeText(total),
  };
}

/** The fields of a part that are asked for as the others stand: a list that does not go on has no parameter. */
export function shownFields(typed: Typed): readonly string[] {
  const { paging } = typed;
  const hidden = new Set<string>();
  if (paging !== undefined) {
    if (paging !== 'page') hidden.add('first');
    if (paging !== 'page' && paging !== 'offset' && paging !== 'cursor') hidden.add('parameter');
    if (paging !== 'cursor' && paging !== 'address') hidden.add('next');
  }
  return Object.keys(typed).filter((field) => !hidden.has(field));
}

/** A part in one line, in the letters of the requests: no language has its own for them. */
export function partText(profile: SiteProfile, part: Part): string {
  if (isReadCall(part)) return `GET ${profile.reads[part].path}`;
  if (isWriteKind(part)) return formText(profile.writes[part]);
  return part === 'key' ? `${profile.key.header}: ${profile.key.scheme ?? ''} •••`.replace(':  ', ': ') : '';
}
