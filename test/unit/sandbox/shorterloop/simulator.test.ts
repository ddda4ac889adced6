import { createSimulator } from '../../../../sandbox/shorterloop';
import { ask, asked, asHttp, scene, small } from './support';

describe('the people of the simulator', () => {
  it('are the same for the same seed and others for another', () => {
    const [one, again, other] = [small(), small(), small({ seed: 2 })];
    expect(again.truth.snapshot()).toEqual(one.truth.snapshot());
    expect(again.key).toBe(one.key);
    expect(other.members).not.toEqual(one.members);
    expect(other.key).not.toBe(one.key);
  });

  it('are as many as asked for, with distinct ids, and nearly all in a segment', () => {
    const { truth, members, segments } = createSimulator();
    expect([members.length, segments.length]).toEqual([2000, 12]);
    expect(new Set(members.map(({ id }) => id)).size).toBe(2000);
    const without = truth.snapshot().members.filter(({ segmentIds }) => segmentIds.length === 0);
    expect(without.length).toBeGreaterThan(0);
    expect(without.length).toBeLessThan(10);
  });

  it('share an e-mail address only in the pairs that were asked for', () => {
    for (const sharedEmails of [0, 1, 3]) {
      const emails = small({ sharedEmails }).members.map(({ email }) => email);
      expect(emails.length - new Set(emails).size).toBe(sharedEmails);
    }
  });

  it('have addresses that can belong to nobody', () => {
    expect(createSimulator().members.filter(({ email }) => !/^[a-z0-9.-]+@[a-z0-9-]+\.example$/.test(email))).toEqual(
      [],
    );
  });
});

describe('the reads of the simulator', () => {
  it('list the segments without members', async () => {
    const simulator = small();
    expect(await asked(simulator, 'GET', '/api/v2/segments')).toEqual({
      status: 200,
      body: { success: true, message: expect.any(String), data: simulator.segments },
    });
  });

  it('give one segment, and every segment, with the same members', async () => {
    const simulator = small();
    const [first] = simulator.truth.initial;
    const users = first?.memberIds.map((id) => simulator.members.find((member) => member.id === id));
    const one = await asked(simulator, 'GET', `/api/v2/segments/${first?.id}/segment-users`);
    expect(one.body).toMatchObject({ data: { id: first?.id, name: first?.name, users } });
    const all = await asked(simulator, 'GET', '/api/v2/segments/segment-users');
    expect(all.body).toMatchObject({ data: simulator.truth.initial.map(({ id }) => ({ id })) });
    expect(all.body).toMatchObject({ data: [{ users }, {}, {}, {}] });
  });

  it('show a write at once, though their text is kept between writes', async () => {
    const simulator = small();
    const { from, to, memberId } = scene(simulator);
    const before = asHttp(await ask(simulator, 'GET', '/api/v2/segments/segment-users')).body;
    await ask(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, [memberId]);
    const after = asHttp(await ask(simulator, 'GET', '/api/v2/segments/segment-users')).body;
    expect(after).not.toBe(before);
    expect(JSON.parse(after)).toMatchObject({
      data: simulator.truth
        .snapshot()
        .segments.map(({ id, memberIds }) => ({ id, users: memberIds.map((user) => ({ id: user })) })),
    });
  });

  it('answer at the paths that an option gives, and no longer at the assumed ones', async () => {
    const simulator = small({ routes: { segmentWithMembers: '/api/v2/idm/{id}/people', listSegments: '/api/v2/idm' } });
    const [first] = simulator.segments;
    expect((await asked(simulator, 'GET', `/api/v2/idm/${first?.id}/people`)).status).toBe(200);
    expect((await asked(simulator, 'GET', '/api/v2/idm')).status).toBe(200);
    expect((await asked(simulator, 'GET', '/api/v2/segments')).status).toBe(405);
  });

  it('answer 404 for a segment that is not there', async () => {
    expect((await asked(small(), 'GET', '/api/v2/segments/9999/segment-users')).status).toBe(404);
  });
});

describe('the writes of the simulator', () => {
  const spellings = [
    ['put-segment-users', 'PUT', 'segment-users'],
    ['post-manage-users', 'POST', 'manage-users'],
  ] as const;

  it.each(spellings)('move and remove members in the dialect %s', async (dialect, verb, last) => {
    const simulator = small({ dialect });
    const { from, to, memberId } = scene(simulator);
    const elsewhere = simulator.truth.membershipsOf(memberId).filter((id) => id !== from);
    const moved = await asked(simulator, verb, `/api/v2/segments/${from}/${last}/${to}`, [memberId]);
    expect(moved).toEqual({
      status: 200,
      body: { success: true, message: 'Users moved to segment successfully', data: { count: 1 } },
    });
    expect(new Set(simulator.truth.membershipsOf(memberId))).toEqual(new Set([to, ...elsewhere]));
    const removed = await asked(simulator, verb, `/api/v2/segments/${to}/${last}`, [memberId]);
    expect(removed).toMatchObject({ status: 200, body: { success: true, data: { count: 1 } } });
    expect(simulator.truth.membershipsOf(memberId)).toEqual(elsewhere);
    expect(simulator.truth.writes()).toEqual([
      { kind: 'move', from, to, asked: [memberId], applied: [memberId], atMs: 1_700_000_000_000 },
      { kind: 'remove', from: to, to: null, asked: [memberId], applied: [memberId], atMs: 1_700_000_000_000 },
    ]);
  });

  it.each([
    ['put-segment-users', 'POST', 'manage-users', 404],
    ['put-segment-users', 'POST', 'segment-users', 405],
    ['put-segment-users', 'PUT', 'manage-users', 404],
    ['post-manage-users', 'PUT', 'segment-users', 404],
    ['post-manage-users', 'PUT', 'manage-users', 405],
    ['post-manage-users', 'POST', 'segment-users', 404],
  ] as const)('in the dialect %s refuse a move by %s %s with %i', async (dialect, verb, last, status) => {
    const simulator = small({ dialect });
    const { from, to, memberId } = scene(simulator);
    expect((await asked(simulator, verb, `/api/v2/segments/${from}/${last}/${to}`, [memberId])).status).toBe(status);
    expect(simulator.truth.writes()).toEqual([]);
  });

  it('may spell remove otherwise than move', async () => {
    const simulator = small({ dialect: 'put-segment-users', removeDialect: 'post-manage-users' });
    const { from, to, memberId } = scene(simulator);
    expect((await asked(simulator, 'PUT', `/api/v2/segments/${from}/segment-users`, [memberId])).status).toBe(405);
    expect((await asked(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, [memberId])).status).toBe(
      200,
    );
    expect((await asked(simulator, 'POST', `/api/v2/segments/${to}/manage-users`, [memberId])).status).toBe(200);
  });

  it('take a move that lost its target for a removal, as the documented route does', async () => {
    const simulator = small();
    const { from, memberId } = scene(simulator);
    expect((await asked(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/`, [memberId])).status).toBe(200);
    expect(simulator.truth.writes()).toMatchObject([{ kind: 'remove', from, to: null }]);
  });

  it('skip who is not in the source, and count the others', async () => {
    const simulator = small();
    const { from, to, memberId } = scene(simulator);
    const stranger = simulator.members.find(({ id }) => !simulator.truth.membershipsOf(id).includes(from));
    const answer = await asked(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, [
      memberId,
      stranger?.id,
      memberId,
    ]);
    expect(answer.body).toMatchObject({ data: { count: 1 } });
    expect(simulator.truth.writes()).toMatchObject([{ applied: [memberId] }]);
  });

  it('play the documented sample, whose count is 0, when asked to', async () => {
    const simulator = small({ count: 'zero' });
    const { from, to, memberId } = scene(simulator);
    expect(
      (await asked(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, [memberId])).body,
    ).toMatchObject({ data: { count: 0 } });
    expect(simulator.truth.membershipsOf(memberId)).toContain(to);
  });

  it.each([
    ['an empty list', []],
    ['a text instead of a list', '1685'],
    ['an id that is a text', ['1685']],
    ['an id of 0', [0]],
    ['no body', undefined],
  ])('refuse %s with 422', async (_name, users) => {
    const simulator = small();
    const { from, to } = scene(simulator);
    expect((await asked(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, users)).status).toBe(422);
    expect(simulator.truth.writes()).toEqual([]);
  });

  it('refuse a body that is not called JSON, a move onto itself, and segments that are not there', async () => {
    const simulator = small();
    const { from, to, memberId } = scene(simulator);
    const put = (path: string, headers = {}) => asked(simulator, 'PUT', path, [memberId], headers);
    expect((await put(`/api/v2/segments/${from}/segment-users/${to}`, { 'Content-Type': 'text/plain' })).status).toBe(
      422,
    );
    expect((await put(`/api/v2/segments/${from}/segment-users/${from}`)).status).toBe(422);
    expect((await put(`/api/v2/segments/9999/segment-users/${to}`)).status).toBe(404);
    expect((await put(`/api/v2/segments/${from}/segment-users/9999`)).status).toBe(404);
    expect((await put(`/api/v2/segments/${from}/segment-users/undefined`)).status).toBe(404);
    expect(simulator.truth.writes()).toEqual([]);
  });
});

describe('who may ask the simulator', () => {
  it.each([
    ['no key', { Authorization: undefined }, 401],
    ['a blank key', { Authorization: '' }, 401],
    ['another key', { Authorization: 'Bearer other' }, 401],
    ['the key under another scheme', { Authorization: 'Basic sl_sandbox' }, 401],
    ['no initiative', { initiativeId: undefined }, 400],
    ['a blank initiative', { initiativeId: ' ' }, 400],
    ['an initiative that is no number', { initiativeId: 'acme' }, 400],
    ['another initiative', { initiativeId: '4712' }, 403],
  ])('not someone with %s', async (_name, headers, status) => {
    const simulator = small();
    const { from, to, memberId } = scene(simulator);
    expect(
      (await asked(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, [memberId], headers)).status,
    ).toBe(status);
    expect(simulator.truth.writes()).toEqual([]);
  });

  it('whatever the case of the header names', async () => {
    const simulator = small();
    const headers = {
      Authorization: undefined,
      initiativeId: undefined,
      AUTHORIZATION: `Bearer ${simulator.key}`,
      InitiativeId: '4711',
    };
    // Undefined headers come first in the object, so this also shows that they are not taken for blank ones.
    expect((await asked(simulator, 'GET', '/api/v2/segments', undefined, headers)).status).toBe(200);
  });
});

describe('resetting the simulator', () => {
  it('brings back the seed and forgets writes, requests and faults', async () => {
    const simulator = small();
    const seeded = simulator.truth.snapshot();
    const { from, to, memberId } = scene(simulator);
    await ask(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, [memberId]);
    simulator.faults.add({ fault: { kind: 'keyRevoked' } });
    expect(simulator.requests()).toEqual([
      { method: 'PUT', path: `/api/v2/segments/${from}/segment-users/${to}`, route: 'move', atMs: 1_700_000_000_000 },
    ]);
    simulator.reset();
    expect(simulator.truth.snapshot()).toEqual(seeded);
    expect(simulator.requests()).toEqual([]);
    expect((await asked(simulator, 'GET', '/api/v2/segments')).status).toBe(200);
  });
});
