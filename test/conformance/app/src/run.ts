import { getAppContext } from '@forge/api';
import { kvs } from '@forge/kvs';
import { answerOf, type Answer } from './answer';
import type { Case, KeyOf } from './case';
import { entityCases } from './cases/entities';
import { platformCases } from './cases/platform';
import { queryCases } from './cases/queries';
import { storageCases } from './cases/storage';

/** Every case, in the order in which they are asked. */
export const CASES: readonly Case[] = [...storageCases, ...entityCases, ...queryCases, ...platformCases];

type Run = { readonly id: string; readonly answers: Readonly<Record<string, Answer>> };

const RUN_KEY = 'run';
/** So many cases are asked side by side: one after the other they would take longer than a web trigger may. */
const SIDE_BY_SIDE = 6;
/** No further cases are begun with less time than this, in milliseconds. */
const RESERVE_MS = 12_000;

const keyOf =
  (run: Run, { id }: Case): KeyOf =>
  (name) =>
    `${run.id}:${id}:${name}`;

/**
 * Asks the cases that can be answered at once and sets the others going. What the time does not
 * suffice for is left to the next call.
 * @param isFresh begins a new run, whatever an earlier one has
 * @returns how many cases are done, and how many are left for the next call
 */
export async function begin(isFresh: boolean): Promise<{ done: number; left: number }> {
  const earlier = isFresh ? undefined : await kvs.get<Run>(RUN_KEY);
  const run = earlier ?? { id: `run${Date.now().toString(36)}`, answers: {} };
  const answers: Record<string, Answer> = { ...run.answers };
  const open = CASES.filter(({ id }) => answers[id] === undefined);
  let done = 0;
  while (done < open.length && getAppContext().invocationRemainingTimeInMillis() > RESERVE_MS) {
    const group = open.slice(done, done + SIDE_BY_SIDE);
    const found = await Promise.all(group.map(async (one) => [one.id, await first(one, keyOf(run, one))] as const));
    for (const [id, answer] of found) answers[id] = answer;
    done += group.length;
  }
  await kvs.set(RUN_KEY, { id: run.id, answers });
  return { done: CASES.length - open.length + done, left: open.length - done };
}

/** The answer of a case that is asked at once; "not seen" for one that was only set going, unless that was refused. */
async function first(one: Case, key: KeyOf): Promise<Answer> {
  if (one.when !== 'later') return answerOf(async () => one.ask(key));
  const begun = await answerOf(async () => one.begin?.(key));
  return begun.kind === 'refused' ? begun : { kind: 'notSeen' };
}

/** The answers of the run, by the cases' ids; those that had to wait are asked for now. */
export async function collect(): Promise<Record<string, Answer>> {
  const run = await kvs.get<Run>(RUN_KEY);
  if (run === undefined) return {};
  const answers: Record<string, Answer> = { ...run.answers };
  const waiting = CASES.filter(({ id, when }) => when === 'later' && answers[id]?.kind === 'notSeen');
  for (let place = 0; place < waiting.length; place += SIDE_BY_SIDE) {
    const group = waiting.slice(place, place + SIDE_BY_SIDE);
    const found = await Promise.all(
      group.map(async (one) => [one.id, await answerOf(async () => one.ask(keyOf(run, one)))] as const),
    );
    for (const [id, answer] of found) answers[id] = answer;
  }
  return answers;
}
