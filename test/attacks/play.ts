import type { Attack } from './attack';

/** What came of an attack: null when it failed in every round, else what it achieved in the first that succeeded. */
export type Played = { readonly attack: Attack; readonly rounds: number; readonly achieved: string | null };

/**
 * Plays an attack as often as it says, `mostRounds` times at most, until it succeeds. One that throws proves nothing
 * about the app, so it counts as one that succeeded.
 */
export async function playAttack(attack: Attack, mostRounds = Infinity): Promise<Played> {
  const rounds = Math.max(1, Math.min(attack.rounds ?? 1, mostRounds));
  for (let round = 1; round <= rounds; round += 1) {
    const achieved = await achievedBy(attack);
    if (achieved !== null) return { attack, rounds: round, achieved };
  }
  return { attack, rounds, achieved: null };
}

async function achievedBy({ play }: Attack): Promise<string | null> {
  try {
    return await play();
  } catch (error) {
    return `It could not be played: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}
