import type { IdWriting, ServerProfile } from '../profile';
import type { SimulatedMember } from '../types';

/** A segment as it is to be shown: who is in it, at the moment that the read shows. */
export type Shown = {
  readonly id: number;
  readonly name: string;
  readonly members: readonly SimulatedMember[];
  /** Those whom the records show as having left. */
  readonly former: readonly SimulatedMember[];
  /** Who else its record shows, in another list. */
  readonly rivals: readonly SimulatedMember[];
  /** How many are in it, whether they are shown or not. */
  readonly count: number;
};

/** Any record of an answer. */
export type Json = { [key: string]: unknown };

/** What a membership is called by in a segment: the person's id, or the row's own. */
export type RowIds = {
  readonly rowOf: (segmentId: number, memberId: number) => number;
  readonly memberOf: (segmentId: number, rowId: number) => number | null;
};

/** Ids of memberships, in the order in which they are first seen; they look like ids of people, as they do anywhere. */
export function createRowIds(): RowIds & { readonly reset: () => void } {
  const rows = new Map<string, number>();
  let next = 1_601;
  return {
    rowOf(segmentId, memberId) {
      const key = `${segmentId}:${memberId}`;
      const known = rows.get(key) ?? next++;
      rows.set(key, known);
      return known;
    },
    memberOf(segmentId, rowId) {
      const found = [...rows].find(([key, id]) => id === rowId && key.startsWith(`${segmentId}:`));
      return found === undefined ? null : Number(found[0].split(':')[1]);
    },
    reset() {
      rows.clear();
      next = 1_601;
    },
  };
}

/** Who made everything: an account of the vendor's, and nobody's member. */
const OWNER = { id: 3, name: 'Workspace owner', email: 'owner@company.example' };

/** A segment without its members. */
export function segmentRecord(profile: ServerProfile, { id, name }: Pick<Shown, 'id' | 'name'>, place: number): Json {
  const { fields, bad } = profile;
  const record: Json = fields.noise ? { createdAt: '2025-03-01T08:00:00.000Z', workspaceId: 7, position: place } : {};
  if (fields.uuids) put(record, ['uuid'], uuidOf(id));
  const isUnderId = fields.keyedOnly && profile.envelope.form === 'byId';
  if (!isUnderId) put(record, fields.segmentId, idAs(profile.ids.segments, id));
  if (place >= bad.nameless) put(record, fields.segmentName, fields.padded ? `  ${name} ` : name);
  if (fields.owners) put(record, ['owner'], OWNER);
  return record;
}

/** A segment with its members. */
export function fullRecord(profile: ServerProfile, shown: Shown, place: number, rowIds: RowIds): Json {
  const record = segmentRecord(profile, shown, place);
  const { members, memberCount, nobody } = profile.fields;
  const list = memberList(profile, shown, place, rowIds);
  const written = nobody !== 'list' && shown.members.length === 0 && isEmpty(list) ? null : list;
  if (members.length > 0 && (written !== null || nobody === 'null')) put(record, members, written);
  if (memberCount !== null) put(record, memberCount, profile.fields.countAsText ? String(shown.count) : shown.count);
  const plain = { row: 0, isOdd: false, isGone: false };
  const { rival } = profile.fields;
  if (rival !== null)
    put(
      record,
      rival,
      shown.rivals.map((member) => memberRecord(profile, member, plain)),
    );
  return record;
}

/** The members of a segment in the profile's form. */
export function memberList(profile: ServerProfile, shown: Shown, place: number, rowIds: RowIds): unknown {
  const { form } = profile.fields;
  const rows = memberRows(profile, shown, place, rowIds);
  switch (form) {
    case 'objects':
    case 'bareIds':
    case 'addresses':
      return rows;
    case 'addressById':
      return Object.fromEntries(shown.members.map(({ id, email }) => [String(id), email]));
    case 'text':
      return JSON.stringify(rows);
    case 'byId':
      return keyed([...shown.members, ...shown.former], rows);
  }
}

function keyed(people: readonly SimulatedMember[], rows: readonly unknown[]): object {
  return Object.fromEntries(rows.map((row, index) => [String(people[index]?.id ?? `x${index}`), row]));
}

/** What stands outside the list about those in it, where their records have an id alone. */
export function includedRecords(profile: ServerProfile, members: readonly SimulatedMember[]): Json {
  if (!profile.fields.included) return {};
  const unique = [...new Map(members.map((one) => [one.id, one])).values()];
  const whole: ServerProfile = { ...profile, fields: { ...profile.fields, included: false, rowId: null } };
  return {
    included: unique.map((member) => ({
      type: 'users',
      ...memberRecord(whole, member, { row: 0, isOdd: false, isGone: false }),
    })),
  };
}

/** The rows of a segment's members, one by one. */
export function memberRows(profile: ServerProfile, shown: Shown, place: number, rowIds: RowIds): unknown[] {
  const { fields, bad, ids } = profile;
  const isFirst = place === 0;
  const rows = shown.members.map((member, index) =>
    fields.form === 'bareIds'
      ? idAs(ids.members, member.id)
      : fields.form === 'addresses'
        ? member.email
        : memberRecord(profile, member, {
            row: rowIds.rowOf(shown.id, member.id),
            isOdd: isFirst && index < bad.oddEmails,
            isGone: false,
          }),
  );
  const former = shown.former.map((member) =>
    memberRecord(profile, member, { row: rowIds.rowOf(shown.id, member.id), isOdd: false, isGone: true }),
  );
  const nobody: Json = {};
  put(nobody, fields.memberId, null);
  if (fields.email !== null) put(nobody, fields.email, 'invited@company.example');
  return [
    ...rows,
    ...former,
    ...(bad.repeated ? rows.slice(0, 1) : []),
    ...repeated(isFirst ? bad.invites : 0, nobody),
    ...repeated(isFirst ? bad.nullRows : 0, null),
  ];
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}

type Row = { readonly row: number; readonly isOdd: boolean; readonly isGone: boolean };

function memberRecord({ fields, ids, bad }: ServerProfile, member: SimulatedMember, { row, isOdd, isGone }: Row): Json {
  const record: Json = fields.noise ? { role: 'member', score: 12, invitedAt: null, teamId: 3 } : {};
  if (fields.uuids) put(record, ['uuid'], uuidOf(member.id));
  if (fields.rowId !== null) put(record, fields.rowId, idAs(ids.segments, row));
  if (!fields.keyedOnly || fields.form !== 'byId') put(record, fields.memberId, idAs(ids.members, member.id));
  if (fields.gone !== null) put(record, fields.gone.at, isGone ? fields.gone.gone : fields.gone.here);
  if (fields.owners) put(record, ['invitedBy'], OWNER);
  if (fields.included) return { type: 'users', ...record };
  const email = isOdd ? { address: member.email } : emailAs(fields.emailForm, member.email);
  if (fields.email !== null && !bad.missingEmails) put(record, fields.email, email);
  if (fields.firstName !== null)
    put(record, fields.firstName, fields.padded ? ` ${member.firstName} ` : member.firstName);
  if (fields.lastName !== null) put(record, fields.lastName, member.lastName);
  if (fields.fullName !== null) put(record, fields.fullName, `${member.firstName} ${member.lastName}`.trim());
  return record;
}

function emailAs(form: ServerProfile['fields']['emailForm'], email: string): unknown {
  switch (form) {
    case 'text':
      return email;
    case 'capitals':
      return email.toUpperCase();
    case 'padded':
      return ` ${email}\n`;
    case 'mailto':
      return `mailto:${email}`;
    case 'masked':
      return email.replace(/^(.).*@/, '$1***@');
    default:
  }
  return form === 'list' ? [email] : [{ value: email, primary: true }];
}

/** An id as it is written. */
function idAs(form: IdWriting, id: number): unknown {
  switch (form) {
    case 'gid':
      return `gid://shorterloop/Record/${id}`;
    case 'ulid':
      return `01HZX3K7QW8R${id.toString(32).toUpperCase().padStart(14, '0')}`;
    case 'zeros':
      return String(id).padStart(10, '0');
    case 'large':
      return String(9_007_199_254_740_992n + BigInt(id));
    case 'object':
      return { $oid: id.toString(16).padStart(24, '0') };
    case 'number':
      return id;
    case 'text':
      return String(id);
    case 'uuid':
      return uuidOf(id);
    case 'letters':
      return `obj_${id.toString(36)}`;
  }
}

function uuidOf(id: number): string {
  return `7d3f0a52-1b7e-4c7a-9d0e-${String(id).padStart(12, '0')}`;
}

function repeated<T>(times: number, value: T): T[] {
  return Array.from({ length: times }, () => value);
}

/** Puts a value into a record at the end of some keys. */
export function put(record: Json, keys: readonly string[], value: unknown): void {
  const [first = '', ...rest] = keys;
  if (rest.length === 0) {
    record[first] = value;
    return;
  }
  const known = record[first];
  const inner: Json = isJson(known) ? known : {};
  record[first] = inner;
  put(inner, rest, value);
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
