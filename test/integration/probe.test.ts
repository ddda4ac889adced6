import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { createSimulator, serveSimulator } from '../../sandbox/shorterloop';
import { probe } from '../probe/probe';

type Options = Parameters<typeof createSimulator>[0];

async function account(options: Options = {}) {
  const simulator = createSimulator({ members: 40, segments: 4, ...options });
  const server = await serveSimulator(simulator);
  const [member] = simulator.truth.snapshot().members.filter(({ segmentIds }) => segmentIds.length === 1);
  const [from = 0] = member?.segmentIds ?? [];
  const to = simulator.segments.find(({ id }) => id !== from)?.id ?? 0;
  const args = ['--origin', server.origin, '--initiative', String(simulator.initiativeId)];
  const write = [...args, '--write', '--from', String(from), '--to', String(to), '--member', String(member?.id)];
  const run = async (given: readonly string[] = args, key = simulator.key) => {
    const lines: string[] = [];
    const code = await probe(given, { SHORTER_LOOP_KEY: key }, (line) => lines.push(line));
    return { code, text: lines.join('\n') };
  };
  return { simulator, server, args, write, run, from, to, memberId: member?.id ?? 0 };
}

describe('the probe', () => {
  it('says that an account agrees, with what it counted', async () => {
    const { run, server, simulator } = await account();
    const { code, text } = await run();
    expect(text).toContain('agrees  GET /api/v2/segments: status 200');
    expect(text).toContain('status 200, segments 4');
    expect(text).toContain('listSegments: 4 records in data, ids in id as number');
    expect(code).toBe(0);
    expect(simulator.truth.writes()).toEqual([]);
    await server.stop();
  });

  it.each<[string, Parameters<ReturnType<typeof createSimulator>['faults']['add']>[0], RegExp]>([
    [
      'a page of HTML',
      { match: { route: 'listSegments' }, fault: { kind: 'html' } },
      /DIFFERS GET \/api\/v2\/segments: .*not JSON/,
    ],
    ['a key that is not accepted', { fault: { kind: 'keyRevoked' } }, /the key was not accepted/],
    ['another initiative', { fault: { kind: 'wrongInitiative' } }, /may not do this in this initiative/],
    [
      'another envelope',
      { match: { route: 'segmentsWithMembers' }, fault: { kind: 'successFalse' } },
      /at \/success: must be equal to constant/,
    ],
    ['a limit', { fault: { kind: 'status', code: 429, retryAfterSeconds: 7 } }, /retry-after: 7/],
    ['a dropped connection', { fault: { kind: 'resetBefore' } }, /no answer/],
  ])('finds %s', async (_what, rule, found) => {
    const { run, server, simulator } = await account();
    simulator.faults.add(rule);
    const { code, text } = await run();
    expect(text).toMatch(found);
    expect(code).not.toBe(0);
    await server.stop();
  });

  it('finds paths that are others than assumed', async () => {
    const { run, server } = await account({ routes: { listSegments: '/api/v2/user-segments' } });
    const { code, text } = await run();
    // Segments are created there, so that the path is known and the method is not.
    expect(text).toMatch(/DIFFERS GET \/api\/v2\/segments: status 405/);
    expect(code).toBe(1);
    await server.stop();
  });

  it('writes only when asked, and puts things back', async () => {
    const { run, write, server, simulator, from, memberId } = await account();
    const { code, text } = await run(write);
    expect(text).toContain('The move worked');
    expect(text).toContain('Everything is as it was.');
    expect(code).toBe(0);
    expect(simulator.truth.writes()).toHaveLength(2);
    expect(simulator.truth.membershipsOf(memberId)).toEqual([from]);
    await server.stop();
  });

  it('says what to do by hand when things could not be put back', async () => {
    const { run, write, server, simulator, from, to, memberId } = await account();
    simulator.faults.add({ match: { route: 'move', nth: 2 }, fault: { kind: 'status', code: 500 } });
    const { code, text } = await run(write);
    expect(text).toContain(`NOT AS IT WAS`);
    expect(text).toContain(`put member ${memberId} into segment ${from} and take them out of segment ${to}`);
    expect(code).toBe(1);
    await server.stop();
  });

  it('writes nothing about a member who is not where they should be', async () => {
    const { run, args, server, simulator, from, to, memberId } = await account();
    const { code, text } = await run([
      ...args,
      '--write',
      '--from',
      String(to),
      '--to',
      String(from),
      '--member',
      String(memberId),
    ]);
    expect(text).toContain('Nothing was written');
    // Nothing could be asked of this write, so nothing differs either.
    expect(code).toBe(2);
    expect(simulator.truth.writes()).toEqual([]);
    await server.stop();
  });

  it.each([
    ['no origin', ['--initiative', '1'], 'key', /--origin must be an address/],
    ['plain http', ['--origin', 'http://api.shorterloop.com', '--initiative', '1'], 'key', /must start with https/],
    ['a path', ['--origin', 'https://api.shorterloop.com/v2', '--initiative', '1'], 'key', /no path/],
    ['no initiative', ['--origin', 'https://api.shorterloop.com'], 'key', /--initiative must be/],
    [
      'another dialect',
      ['--origin', 'https://api.shorterloop.com', '--initiative', '1', '--dialect', 'patch'],
      'key',
      /--dialect must be/,
    ],
    [
      'half a write',
      ['--origin', 'https://api.shorterloop.com', '--initiative', '1', '--write', '--from', '1'],
      'key',
      /--to must be/,
    ],
    [
      'a write by mistake',
      ['--origin', 'https://api.shorterloop.com', '--initiative', '1', '--from', '1'],
      'key',
      /are for --write/,
    ],
    [
      'the same segment twice',
      [
        '--origin',
        'https://api.shorterloop.com',
        '--initiative',
        '1',
        '--write',
        '--from',
        '1',
        '--to',
        '1',
        '--member',
        '2',
      ],
      'key',
      /same segment/,
    ],
    ['an unknown option', ['--key', 'x'], 'key', /option is not known/],
    ['no key', ['--origin', 'https://api.shorterloop.com', '--initiative', '1'], '', /SHORTER_LOOP_KEY/],
  ])('refuses %s, and says how it is called', async (_what, args, key, wrong) => {
    const lines: string[] = [];
    expect(await probe(args, { SHORTER_LOOP_KEY: key }, (line) => lines.push(line))).toBe(2);
    expect(lines[0]).toMatch(wrong);
    expect(lines[1]).toContain('Usage:');
  });

  it('never prints the key, an address or a name', async () => {
    const { run, write, args, server, simulator } = await account();
    simulator.faults.add({ match: { route: 'segmentWithMembers', nth: 3 }, fault: { kind: 'html' } });
    const text = (await run(write)).text + (await run([...args, '--json'])).text;
    expect(text).not.toContain(simulator.key);
    for (const { email, lastName } of simulator.members) {
      expect(text).not.toContain(email);
      expect(text).not.toContain(lastName);
    }
    await server.stop();
  });

  it('is a command', async () => {
    const { args, server, simulator } = await account();
    const root = path.join(__dirname, '../..');
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/probe/main.ts', ...args, '--json'], {
      cwd: root,
      env: { ...process.env, SHORTER_LOOP_KEY: simulator.key },
    });
    expect(JSON.parse((await run).stdout)).toMatchObject({ agrees: true });
    await server.stop();
  });
});
