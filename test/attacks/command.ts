import { parseArgs } from 'node:util';
import type { Attack } from './attack';
import { playAttack, type Played } from './play';

const USAGE = `Usage: npm run attacks -- [--json] [--only TEXT] [--rounds N]
  --json       prints one line: {"cases","succeeded"}
  --only TEXT  plays the attacks whose finding is TEXT, or whose name holds it
  --rounds N   plays each attack N times at most`;

/** Where lines go: those of the answer, and those beside it. */
export type Output = { readonly say: (line: string) => void; readonly remark: (line: string) => void };

/**
 * Plays attacks and says what came of them.
 * @returns the exit code: 0 when none succeeded, 1 when one did, 2 for a command that can't be followed
 */
export async function runAttacks(
  args: readonly string[],
  attacks: readonly Attack[],
  { say, remark }: Output,
): Promise<number> {
  const options = readOptions(args);
  if (options === null) {
    remark(USAGE);
    return 2;
  }
  const { asJson, only, mostRounds } = options;
  const chosen = attacks.filter(({ finding, name }) => only === null || finding === only || name.includes(only));
  const played: Played[] = [];
  for (const attack of chosen) {
    const one = await playAttack(attack, mostRounds);
    played.push(one);
    if (!asJson) say(rowOf(one));
    if (one.achieved !== null) remark(`${attack.finding} ${attack.name}: ${one.achieved}`);
  }
  const succeeded = played.filter(({ achieved }) => achieved !== null).length;
  say(
    asJson
      ? JSON.stringify({ cases: played.length, succeeded })
      : `${String(played.length)} attacks, ${String(succeeded)} succeeded`,
  );
  return succeeded === 0 ? 0 : 1;
}

function rowOf({ attack, rounds, achieved }: Played): string {
  const outcome = achieved === null ? 'failed' : 'SUCCEEDED';
  return [outcome.padEnd(9), attack.finding.padEnd(8), String(rounds).padStart(4), attack.name].join('  ');
}

function readOptions(args: readonly string[]): { asJson: boolean; only: string | null; mostRounds: number } | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, only: { type: 'string' }, rounds: { type: 'string' } },
    });
    const mostRounds = values.rounds === undefined ? Infinity : Number(values.rounds);
    return mostRounds >= 1 ? { asJson: values.json, only: values.only ?? null, mostRounds } : null;
  } catch {
    return null;
  }
}
