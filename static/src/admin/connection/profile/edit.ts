import {
  checkPath,
  checkReadPath,
  goneMarkOf,
  HOLES,
  isHeaderToken,
  isKeyHeader,
  isLikeOtherWrite,
  MANAGE_ROUTES,
  MAX_SCHEME_LENGTH,
  picksFromAll,
  READ_PLANS,
  WRITE_VERBS,
  type AnswerShape,
  type ConnectionDefaults,
  type InputReason,
  type KeyPath,
  type MemberShape,
  type Paging,
  type PathHole,
  type ReadCall,
  type ReadForm,
  type SiteProfile,
  type WriteKind,
} from '@contract';
import { t } from '../../../i18n';
import { isReadCall, isWriteKind, PAGINGS, placeText, type Part, type Typed } from './parts';

/** What is wrong, by field. */
export type PartErrors = Readonly<Partial<Record<string, string>>>;

/** The profile with a part as typed, or what is wrong with what was typed. */
export type Edited =
  { readonly kind: 'ok'; readonly profile: SiteProfile } | { readonly kind: 'wrong'; readonly errors: PartErrors };

/** What a path of keys may not be longer than, as the app stores it. */
const MOST_KEYS = 8;

/**
 * Takes what was typed for one part over into the profile. Everything that the app would refuse is told before anything
 * is sent.
 */
export function edit(
  profile: SiteProfile,
  part: Part,
  typed: Typed,
  assumed: ConnectionDefaults['assumedManage'],
): Edited {
  const given = trimmed(typed);
  const errors = errorsOf(profile, part, given, assumed);
  return Object.keys(errors).length > 0
    ? { kind: 'wrong', errors }
    : { kind: 'ok', profile: taken(profile, part, given) };
}

function trimmed(typed: Typed): Typed {
  return Object.fromEntries(Object.entries(typed).map(([field, text]) => [field, text.trim()]));
}

function errorsOf(
  profile: SiteProfile,
  part: Part,
  given: Typed,
  assumed: ConnectionDefaults['assumedManage'],
): PartErrors {
  if (isReadCall(part)) return readErrors(profile, part, given);
  if (isWriteKind(part)) return writeErrors(profile, part, given);
  const { header = '', scheme = '' } = given;
  switch (part) {
    case 'key':
      return {
        ...(isKeyHeader(header) ? {} : { header: t('admin.connection.profile.invalid.header') }),
        ...(scheme === '' || isHeaderToken(scheme, MAX_SCHEME_LENGTH)
          ? {}
          : { scheme: t('admin.connection.profile.invalid.scheme') }),
      };
    case 'manage':
      return Object.fromEntries(
        MANAGE_ROUTES.flatMap((route) => {
          const path = given[route] ?? '';
          const wrong = path === '' ? null : pathError(path, assumed[route].path.includes('{id}') ? ['id'] : []);
          return wrong === null ? [] : [[route, wrong]];
        }),
      );
    default:
      return {};
  }
}

/** The places that may be left empty: the value itself, or what no answer has. */
export const PLACES = [
  'records',
  'id',
  'name',
  'members',
  'memberCount',
  'memberId',
  'email',
  'memberName',
  'firstName',
  'lastName',
  'gone',
  'next',
  'total',
] as const;

function readErrors(profile: SiteProfile, call: ReadCall, given: Typed): PartErrors {
  const errors: Record<string, string> = {};
  const wrong = pathWords(checkReadPath(call, taken(profile, call, given).reads), HOLES[call]);
  if (wrong !== null) errors.path = wrong;
  for (const field of PLACES) {
    const text = given[field] ?? '';
    const keys = keysOf(text);
    if (text !== '' && (keys.length > MOST_KEYS || keys.some((key) => key === '' || key.length > 200)))
      errors[field] = t('admin.connection.profile.invalid.place');
  }
  if (
    errors.gone === undefined &&
    given.gone !== undefined &&
    given.gone !== '' &&
    goneMarkOf(keysOf(given.gone)) === null
  )
    errors.gone = t('admin.connection.profile.invalid.gone');
  if (given.id === '' && call !== 'segmentWithMembers') errors.id = t('admin.connection.profile.invalid.needed');
  const { paging, parameter = '', next } = given;
  const isCounted = paging === 'page' || paging === 'offset' || paging === 'cursor';
  if (isCounted && !/^[\w.[\]-]{1,60}$/.test(parameter))
    errors.parameter = t('admin.connection.profile.invalid.parameter');
  if ((paging === 'cursor' || paging === 'address') && next === '')
    errors.next = t('admin.connection.profile.invalid.needed');
  return errors;
}

function writeErrors(profile: SiteProfile, kind: WriteKind, given: Typed): PartErrors {
  const errors: Record<string, string> = {};
  const wrong = pathError(given.path ?? '', HOLES[kind]);
  if (wrong !== null) errors.path = wrong;
  if (!/^\w{1,60}$/.test(given.users ?? '')) errors.users = t('admin.connection.profile.invalid.users');
  if (Object.keys(errors).length > 0) return errors;
  // One of them would do what the other is asked for.
  if (isLikeOtherWrite(kind, taken(profile, kind, given).writes))
    errors.path = t('admin.connection.profile.invalid.sameRequest');
  return errors;
}

function pathError(path: string, holes: readonly PathHole[]): string | null {
  return pathWords(checkPath(path, holes), holes);
}

function pathWords(wrong: InputReason | null, holes: readonly PathHole[]): string | null {
  if (wrong === null) return null;
  const needed = holes.map((hole) => `{${hole}}`).join(' ');
  return wrong.code === 'idMissing'
    ? t('admin.connection.profile.invalid.pathIds', { ids: needed })
    : t('admin.connection.profile.invalid.path');
}

function taken(profile: SiteProfile, part: Part, given: Typed): SiteProfile {
  if (isReadCall(part)) return { ...profile, reads: withRead(profile, part, readOf(profile.reads[part], given)) };
  if (isWriteKind(part)) {
    const { path = '', users = '' } = given;
    const before = profile.writes[part];
    const verb = WRITE_VERBS.find((known) => known === given.verb) ?? before.verb;
    return { ...profile, writes: { ...profile.writes, [part]: { verb, path, users } } };
  }
  const { header = '', scheme = '' } = given;
  switch (part) {
    case 'key':
      return { ...profile, key: { header, scheme: scheme === '' ? null : scheme } };
    case 'ids':
      return { ...profile, ids: given.ids === 'text' ? 'text' : 'number' };
    case 'readPlan':
      return { ...profile, readPlan: READ_PLANS.find((plan) => plan === given.readPlan) ?? profile.readPlan };
    case 'manage':
      return {
        ...profile,
        manage: Object.fromEntries(
          MANAGE_ROUTES.flatMap((route) => ((given[route] ?? '') === '' ? [] : [[route, given[route] ?? '']])),
        ),
      };
  }
}

/** One segment that is picked out of all is read as all are, however that changes. */
function withRead(profile: SiteProfile, call: ReadCall, form: ReadForm): SiteProfile['reads'] {
  const reads = { ...profile.reads, [call]: form };
  if (call === 'segmentsWithMembers' && picksFromAll(profile)) return { ...reads, segmentWithMembers: form };
  const isPicked = call === 'segmentWithMembers' && picksFromAll({ reads });
  return isPicked ? { ...reads, segmentWithMembers: reads.segmentsWithMembers } : reads;
}

function readOf(before: ReadForm, given: Typed): ReadForm {
  const { shape } = before;
  const { member } = shape;
  const whole: AnswerShape = {
    ...shape,
    records: place(shape.records, given.records),
    id: placeOrNone(shape.id, given.id),
    name: placeOrNone(shape.name, given.name),
  };
  const withMembers: AnswerShape =
    member === null
      ? whole
      : {
          ...whole,
          members: place(shape.members ?? [], given.members),
          memberCount: placeOrNone(shape.memberCount, given.memberCount),
          member: {
            id: place(member.id, given.memberId),
            email: placeOrNone(member.email, given.email),
            name: placeOrNone(member.name, given.memberName),
            firstName: placeOrNone(member.firstName, given.firstName),
            lastName: placeOrNone(member.lastName, given.lastName),
            ...goneOf(member.gone, given.gone),
          },
        };
  return {
    path: given.path ?? before.path,
    shape: withMembers,
    paging: pagingOf(before.paging, given),
    total: placeOrNone(before.total, given.total),
  };
}

/** What tells former members. Where something did, and the field was emptied, nothing shall: none is learned again. */
function goneOf(before: MemberShape['gone'], text = ''): Pick<MemberShape, 'gone'> {
  if (before === undefined && text === '') return {};
  return { gone: place(before ?? [], text) };
}

function pagingOf(before: Paging, given: Typed): Paging {
  const kind = PAGINGS.find((known) => known === given.paging) ?? before.kind;
  const parameter = given.parameter ?? '';
  const next = given.next ?? '';
  switch (kind) {
    case 'page':
      return { kind, parameter, first: given.first === '0' ? 0 : 1 };
    case 'offset':
      return { kind, parameter };
    case 'cursor':
      return { kind, parameter, cursor: place(before.kind === kind ? before.cursor : [], next) };
    case 'address':
      return { kind, address: place(before.kind === kind ? before.address : [], next) };
    default:
      return { kind };
  }
}

/** A place as typed; one that was not changed is kept, because a key may have a dot in it. */
function place(before: KeyPath, text = ''): KeyPath {
  if (text === placeText(before)) return before;
  return text === '' ? [] : keysOf(text);
}

function keysOf(text: string): string[] {
  return text.split('.');
}

/** {@link place}, where empty means that no answer has it. */
function placeOrNone(before: KeyPath | null, text = ''): KeyPath | null {
  if (text === '') return before?.length === 0 ? before : null;
  return place(before ?? [], text);
}
