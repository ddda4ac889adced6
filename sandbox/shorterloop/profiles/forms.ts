import type { NamedProfileInput } from '../profile';
import { works } from './write';

const at = (...keys: string[]) => ({ list: keys, all: keys, one: keys });

/** Servers that differ in the envelope, the names of fields, and how the bytes are written. */
export const FORM_PROFILES: readonly NamedProfileInput[] = [
  works('bare-list', 'Lists without anything around them.', { envelope: { ...at(), success: 'missing' } }),
  works('data-segments', 'Lists stand in data.segments.', {
    envelope: { list: ['data', 'segments'], all: ['data', 'segments'], one: ['data', 'segment'] },
  }),
  works('data-rows', 'Lists stand in data.rows, as some database layers write them.', {
    envelope: { list: ['data', 'rows'], all: ['data', 'rows'], one: ['data'] },
  }),
  works('data-items', 'Lists stand in data.items.', {
    envelope: { list: ['data', 'items'], all: ['data', 'items'], one: ['data', 'item'] },
  }),
  works('result', 'Everything stands in result.', { envelope: { ...at('result'), success: 'missing' } }),
  works('results', 'Lists stand in results, one segment in result.', {
    envelope: { list: ['results'], all: ['results'], one: ['result'], success: 'missing' },
  }),
  works('segments-key', 'Lists stand in segments, one segment in segment.', {
    envelope: { list: ['segments'], all: ['segments'], one: ['segment'], success: 'missing' },
  }),
  works('payload-deep', 'Lists stand three keys deep.', {
    envelope: {
      list: ['response', 'payload', 'items'],
      all: ['response', 'payload', 'items'],
      one: ['response', 'payload'],
    },
  }),
  works('by-id', 'Segments are an object by their ids.', { envelope: { form: 'byId' } }),
  works('json-in-text', 'Lists are texts that hold JSON.', { envelope: { form: 'text' } }),
  works('success-missing', 'Nothing says that it worked.', { envelope: { success: 'missing' } }),
  works('success-text', 'Success is a text.', { envelope: { success: 'text' } }),
  works('success-one', 'Success is 1.', { envelope: { success: 'one' } }),
  works('title', 'Segments have a title.', { fields: { segmentName: ['title'] } }),
  works('segment-id-named', 'Ids and names say whose they are.', {
    fields: { segmentId: ['segmentId'], segmentName: ['segmentName'] },
  }),
  works('members-key', 'Members stand in members.', { fields: { members: ['members'] } }),
  works('segment-users-key', 'Members stand in segmentUsers.', { fields: { members: ['segmentUsers'] } }),
  works('idm-members-key', 'Members stand in idmMembers.', { fields: { members: ['idmMembers'] } }),
  works('members-in-data', 'Members stand in members.data.', { fields: { members: ['members', 'data'] } }),
  works('members-as-text', 'Members are a text that holds JSON.', { fields: { form: 'text' } }),
  works('members-by-id', 'Members are an object by their ids.', { fields: { form: 'byId' } }),
  works('members-alone', 'The read of one segment has its members alone.', { fields: { one: 'members' } }),
  works('members-alone-in-data-users', 'The same, further in.', {
    fields: { one: 'members' },
    envelope: { one: ['data', 'users'] },
  }),
  works('one-in-a-list', 'The read of one segment is a list of one.', { fields: { one: 'listOfOne' } }),
  works('nested-user', 'A member’s facts stand in user.', {
    fields: {
      memberId: ['user', 'id'],
      email: ['user', 'email'],
      firstName: ['user', 'firstName'],
      lastName: ['user', 'lastName'],
    },
  }),
  works('full-name', 'Members have one name.', { fields: { firstName: null, lastName: null, fullName: ['name'] } }),
  works('snake-case', 'Names are written with underscores.', {
    fields: {
      segmentName: ['segment_name'],
      members: ['segment_users'],
      firstName: ['first_name'],
      lastName: ['last_name'],
      email: ['email_address'],
    },
  }),
  works('member-count', 'Segments say how many members they have.', { fields: { memberCount: ['memberCount'] } }),
  works('member-count-nested', 'The number stands in an object.', { fields: { memberCount: ['_count', 'users'] } }),
  works('bare-ids', 'Members are ids alone.', { fields: { form: 'bareIds' } }),
  works('noise', 'Records have numbers that mean nothing here.', { fields: { noise: true } }),
  works('no-addresses', 'Members have no addresses.', { bad: { missingEmails: true } }),
  works('text-plain', 'JSON that calls itself text.', { answers: { contentType: 'text' } }),
  works('no-type', 'JSON that calls itself nothing.', { answers: { contentType: 'none' } }),
  works('vendor-type', 'JSON under a vendor’s type.', { answers: { contentType: 'vendor' } }),
  works('html-type', 'JSON that calls itself a page.', { answers: { contentType: 'html' } }),
  works('byte-order-mark', 'A byte order mark stands first.', { answers: { charset: 'bom' } }),
  works('utf-16-le', 'UTF-16, the small end first.', { answers: { charset: 'utf16le' } }),
  works('utf-16-be', 'UTF-16, the big end first, and no word of it.', {
    answers: { charset: 'utf16be', namesCharset: false },
  }),
  works('latin-1', 'Latin-1, and says so.', { answers: { charset: 'latin1' } }),
];
