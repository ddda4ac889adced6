import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { attacks } from './cases';
import { runAttacks } from './command';
import { playAttack } from './play';
import type { Attack } from './attack';

/** `npm run attacks` plays all rounds of a race; here so few that the same holds under Jest in a moment. */
const ROUNDS = 3;

const FAILS: Attack = { finding: 'T1', name: 'knocks', play: () => Promise.resolve(null) };
const SUCCEEDS: Attack = { finding: 'T2', name: 'walks in', play: () => Promise.resolve('It is in') };
const BREAKS: Attack = { finding: 'T3', name: 'breaks', play: () => Promise.reject(new Error('no door there')) };

/** What the command says for these attacks. */
async function saidOf(args: readonly string[], played: readonly Attack[]) {
  const said: string[] = [];
  const remarks: string[] = [];
  const code = await runAttacks(args, played, {
    say: (line) => void said.push(line),
    remark: (line) => void remarks.push(line),
  });
  return { code, said, remarks };
}

// What the app logs meanwhile is part of the attack.
beforeEach(() => {
  for (const method of ['warn', 'error'] as const) jest.spyOn(console, method).mockReturnValue();
});

if (attacks.length > 0)
  describe('an attack', () => {
    it.each(attacks.map((attack) => ({ ...attack, title: `${attack.finding}, ${attack.name}` })))(
      'fails: $title',
      async (attack) => {
        expect((await playAttack(attack, ROUNDS)).achieved).toBeNull();
      },
    );
  });

describe('the attacks', () => {
  it('have names of their own', () => {
    const names = attacks.map(({ finding, name }) => `${finding} ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe('the harness', () => {
  it('sees an attack that succeeds, whatever the others do', async () => {
    expect(await saidOf(['--json'], [FAILS, SUCCEEDS, FAILS])).toEqual({
      code: 1,
      said: ['{"cases":3,"succeeded":1}'],
      remarks: ['T2 walks in: It is in'],
    });
  });

  it('counts one that can not be played among those that succeed: it proves nothing', async () => {
    const { code, said, remarks } = await saidOf(['--json'], [BREAKS]);
    expect({ code, said }).toEqual({ code: 1, said: ['{"cases":1,"succeeded":1}'] });
    expect(remarks.join()).toContain('It could not be played: Error: no door there');
  });

  it('plays a race in all its rounds, until one succeeds', async () => {
    let played = 0;
    const race: Attack = {
      finding: 'T4',
      name: 'races',
      rounds: 200,
      play: () => Promise.resolve((played += 1) === 150 ? 'It was faster' : null),
    };
    expect(await playAttack(race)).toEqual({ attack: race, rounds: 150, achieved: 'It was faster' });
    played = 0;
    expect(await playAttack(race, 3)).toEqual({ attack: race, rounds: 3, achieved: null });
  });

  it('shows a table, and plays those alone that are asked for', async () => {
    expect(await saidOf([], [FAILS, SUCCEEDS])).toEqual({
      code: 1,
      said: ['failed     T1           1  knocks', 'SUCCEEDED  T2           1  walks in', '2 attacks, 1 succeeded'],
      remarks: ['T2 walks in: It is in'],
    });
    expect(await saidOf(['--json', '--only', 'T1'], [FAILS, SUCCEEDS])).toMatchObject({
      code: 0,
      said: ['{"cases":1,"succeeded":0}'],
    });
  });

  it.each([['--everything'], ['--rounds', '0']])('says how it is called: %s', async (...args) => {
    const { code, said, remarks } = await saidOf(args, [FAILS]);
    expect({ code, said }).toEqual({ code: 2, said: [] });
    expect(remarks.join()).toContain('Usage: npm run attacks');
  });

  // Without run.mjs, which would install what is missing first.
  it('prints the line of JSON and nothing else as a command', () => {
    const args = ['--import', 'tsx', 'test/attacks/main.ts', '--json', '--only', 'no such attack'];
    const options = { cwd: path.join(__dirname, '../..'), encoding: 'utf8' } as const;
    const { status, stdout } = spawnSync(process.execPath, args, options);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '{"cases":0,"succeeded":0}\n' });
  });
});
