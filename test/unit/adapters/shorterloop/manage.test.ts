import type { Invitee, ManageCall } from '../../../../src/contract';
import { profileOf } from '../../../../sandbox/shorterloop';
import { clientWith, json, KEY, status } from './support';

const ORIGIN = 'https://api.shorterloop.com';
const ada: Invitee = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' };
const bob: Invitee = { email: 'bob@example.com', firstName: null, lastName: null };
const users = [{ email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' }, { email: 'bob@example.com' }];
const done = (count?: number): Response =>
  json({ success: true, message: 'Done', data: count === undefined ? null : { count } });

describe('a call that manages', () => {
  it.each<[ManageCall, string, string, object | null]>([
    [{ route: 'createSegment', name: 'Beta' }, 'POST', '/api/v2/segments', { name: 'Beta' }],
    [{ route: 'renameSegment', segmentId: 19, name: 'Beta' }, 'PUT', '/api/v2/segments/19', { name: 'Beta' }],
    [{ route: 'deleteSegment', segmentId: 19 }, 'DELETE', '/api/v2/segments/19', null],
    [
      { route: 'addByEmail', segmentId: 19, people: [ada, bob] },
      'POST',
      '/api/v2/segments/19/segment-users/bulk',
      { users },
    ],
    [
      { route: 'importToSegment', segmentId: 19, people: [ada, bob] },
      'POST',
      '/api/v2/segments/19/segment-users/import',
      { users },
    ],
    [{ route: 'createMembers', people: [ada, bob] }, 'POST', '/api/v2/idm-members/bulk', { users }],
    [{ route: 'importMembers', people: [ada, bob] }, 'POST', '/api/v2/idm-members/import', { users }],
    [
      { route: 'emailSegment', segmentId: 19, subject: 'Hello', message: 'Text' },
      'POST',
      '/api/v2/segments/19/send-email',
      { subject: 'Hello', message: 'Text' },
    ],
    [
      { route: 'emailMembers', memberIds: [7, 8, 7], subject: 'Hello', message: 'Text' },
      'POST',
      '/api/v2/idm-members/send-email',
      { users: [7, 8], subject: 'Hello', message: 'Text' },
    ],
    [{ route: 'reinvite', memberIds: [7, 8, 7] }, 'PUT', '/api/v2/idm-members/re-invite', { users: [7, 8] }],
  ])('is sent once, with what it says and nothing else: %j', async (call, method, path, body) => {
    const { client, sent } = clientWith([done()]);
    expect(await client.manage(call)).toMatchObject({ kind: 'ok', value: { status: 200 } });
    expect(sent).toEqual([
      {
        url: ORIGIN + path,
        method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${KEY}`,
          initiativeId: '4711',
          ...(body === null ? {} : { 'Content-Type': 'application/json' }),
        },
        body: body === null ? null : JSON.stringify(body),
        redirect: 'manual',
      },
    ]);
  });

  it('leaves out only the part of a name that is not known', async () => {
    const { client, sent } = clientWith([done(1), done(1)]);
    await client.manage({ route: 'createMembers', people: [{ ...ada, lastName: null }] });
    await client.manage({ route: 'createMembers', people: [{ ...ada, firstName: null }] });
    expect(sent.map(({ body }) => body)).toEqual([
      '{"users":[{"email":"ada@example.com","firstName":"Ada"}]}',
      '{"users":[{"email":"ada@example.com","lastName":"Lovelace"}]}',
    ]);
  });

  it('uses the path of an admin in place of the assumed one', async () => {
    const { client, sent } = clientWith([done(), done()], {
      connection: {
        profile: profileOf({ manageRoutes: { renameSegment: '/v3/segments/{id}/name', reinvite: '/v3/invitations' } }),
      },
    });
    await client.manage({ route: 'renameSegment', segmentId: 19, name: 'Beta' });
    await client.manage({ route: 'reinvite', memberIds: [7] });
    expect(sent.map(({ url }) => url)).toEqual([`${ORIGIN}/v3/segments/19/name`, `${ORIGIN}/v3/invitations`]);
  });

  it('sends nothing when the path of an admin may not be used', async () => {
    const { client, sent } = clientWith([], {
      connection: { profile: profileOf({ manageRoutes: { renameSegment: '/v3/segments' } }) },
    });
    expect(await client.manage({ route: 'createSegment', name: 'Beta' })).toEqual({
      kind: 'problem',
      problem: { cause: 'invalid', status: null, mayHaveBeenApplied: false },
    });
    expect(sent).toEqual([]);
  });

  it.each<[string, ManageCall, string]>([
    ['an id that is none', { route: 'deleteSegment', segmentId: 0 }, 'segmentId must be a positive safe integer'],
    ['nobody to invite', { route: 'createMembers', people: [] }, 'people must be a list that is not empty'],
    [
      'nobody to write to',
      { route: 'emailMembers', memberIds: [], subject: 'Hello', message: 'Text' },
      'users must be a list that is not empty',
    ],
    ['a member id that is none', { route: 'reinvite', memberIds: [7, 1.5] }, 'users must be a positive safe integer'],
  ])('is refused with %s, before anything is sent', async (_what, call, message) => {
    const { client, sent } = clientWith([]);
    await expect(client.manage(call)).rejects.toThrow(new TypeError(message));
    expect(sent).toEqual([]);
  });

  it('is claimed for as many people as were sent, and for one segment', async () => {
    const responseClaimOf = (call: ManageCall, count: number): Promise<unknown> =>
      clientWith([done(count)]).client.manage(call);
    const accepted = { kind: 'ok', value: { claim: 'accepted' } };
    const unclear = { kind: 'ok', value: { claim: 'unclear' } };
    expect(await responseClaimOf({ route: 'createMembers', people: [ada, bob] }, 2)).toMatchObject(accepted);
    expect(await responseClaimOf({ route: 'createMembers', people: [ada, bob] }, 1)).toMatchObject(unclear);
    expect(await responseClaimOf({ route: 'reinvite', memberIds: [7, 8, 7] }, 2)).toMatchObject(accepted);
    expect(
      await responseClaimOf({ route: 'emailMembers', memberIds: [7, 8], subject: 'Hello', message: 'Text' }, 1),
    ).toMatchObject(unclear);
    expect(await responseClaimOf({ route: 'createSegment', name: 'Beta' }, 1)).toMatchObject(accepted);
    expect(await responseClaimOf({ route: 'createSegment', name: 'Beta' }, 2)).toMatchObject(unclear);
  });

  it('may have been applied when the server is in trouble, and is not sent again', async () => {
    const { client, sent } = clientWith([status(500)]);
    expect(await client.manage({ route: 'createSegment', name: 'Beta' })).toEqual({
      kind: 'problem',
      problem: { cause: 'server', status: 500, mayHaveBeenApplied: true },
    });
    expect(sent).toHaveLength(1);
  });
});
