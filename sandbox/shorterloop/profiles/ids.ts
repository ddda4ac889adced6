import type { NamedProfileInput } from '../profile';
import { refused, works } from './write';

/** Servers that differ in their ids. */
export const ID_PROFILES: readonly NamedProfileInput[] = [
  works('ids-as-text', 'Ids are texts of digits, told and taken.', {
    ids: { segments: 'text', members: 'text', accepts: 'text' },
  }),
  works('ids-as-text-either', 'Ids are texts, and numbers are taken as well.', {
    ids: { segments: 'text', members: 'text', accepts: 'both' },
  }),
  works('ids-text-told-numbers-taken', 'Ids are told as texts, and taken as the documented numbers.', {
    ids: { segments: 'text', members: 'text', accepts: 'number' },
  }),
  works('segment-ids-as-text', 'Only the ids of segments are texts.', { ids: { segments: 'text' } }),
  works('member-ids-as-text', 'Only the ids of members are texts.', { ids: { members: 'text', accepts: 'text' } }),
  works('row-ids', 'A member’s record has the membership’s id as id, and the person’s as userId.', {
    fields: { rowId: ['id'], memberId: ['userId'] },
  }),
  works('row-ids-nested', 'The membership’s id stands outside, the person’s in user.', {
    fields: {
      rowId: ['id'],
      memberId: ['user', 'id'],
      email: ['user', 'email'],
      firstName: ['user', 'firstName'],
      lastName: ['user', 'lastName'],
    },
  }),
  works('row-ids-named', 'The membership’s id is called membershipId.', {
    fields: { rowId: ['membershipId'], memberId: ['id'] },
  }),
  works('row-ids-member-id', 'The membership’s id as id, the person’s as idmMemberId.', {
    fields: { rowId: ['id'], memberId: ['idmMemberId'], members: ['idmMembers'] },
  }),
  works('row-ids-without-addresses', 'Two ids, and no address that tells them apart.', {
    fields: { rowId: ['id'], memberId: ['userId'], email: null },
  }),
  refused(
    'test',
    'row-ids-taken',
    [
      'Writes take the id of the membership, which is another one in each segment and after each move.',
      'Nobody keeps their id: a write that comes later would be about another person or about none.',
    ],
    { fields: { rowId: ['id'], memberId: ['userId'] }, ids: { writes: 'row' } },
  ),
  refused(
    'check',
    'uuids',
    ['People have UUIDs.', 'The documented ids are whole numbers, and the documented writes take nothing else.'],
    { ids: { members: 'uuid' } },
  ),
  works(
    'body-user-ids',
    'A write’s body has userIds, as support has told.',
    { ids: { bodyKey: 'userIds' } },
    { adminEnters: { users: 'userIds' } },
  ),
];
