import { z } from 'zod';
import { DEFAULT_PROFILE, type KeyPath } from '../../src/contract';
import { learnList } from '../../src/domain/profile';
import { readContract } from '../contract/openapi';
import { createAsk, type Ask } from './ask';
import { readOptions, USAGE, UsageError, type ProbeOptions } from './options';
import { writeAndPutBack } from './putBack';
import { agrees, exitCodeOf, linesOfAsked, linesOfEnd, type Asked, type ProbeReport } from './report';

const listed = z.object({ data: z.array(z.object({ id: z.int().positive() })) });

/**
 * Reads a real account and compares its answers with the contract.
 * @param env where the key is, as SHORTER_LOOP_KEY
 * @param print takes the lines of the report, each as soon as it is known; with --json one line at the end
 * @returns the exit code: 0 it agrees, 1 it differs, 2 it could not be asked
 */
export async function probe(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  print: (line: string) => void,
): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(args);
    const ask = createAsk(readContract(), options, readKey(env));
    const say = options.asJson ? () => undefined : print;
    const report = await run(options, ask, say);
    if (options.asJson) print(JSON.stringify(report));
    for (const line of linesOfEnd(report)) say(line);
    return exitCodeOf(report);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    print(error.message);
    print(USAGE);
    return 2;
  }
}

async function run(options: ProbeOptions, ask: Ask, say: (line: string) => void): Promise<ProbeReport> {
  const asked: Asked[] = [];
  const bodies = new Map<string, unknown>();
  const noting: Ask = async (...request) => {
    const answer = await ask(...request);
    asked.push(answer.asked);
    bodies.set(answer.asked.operationId, answer.body);
    for (const line of linesOfAsked(answer.asked)) say(line);
    return answer;
  };
  const list = listed.safeParse((await noting('listSegments')).body);
  await noting('segmentsWithMembers');
  const id = options.write?.from ?? list.data?.data[0]?.id;
  if (id !== undefined) await noting('segmentWithMembers', { id });
  const written =
    options.write === null
      ? ({ kind: 'notAsked' } as const)
      : await writeAndPutBack(options, options.write, noting, say);
  return { asked, learned: learnedOf(bodies), written, agrees: asked.every(agrees) };
}

/** Where the lists of the answers stand, as far as the answers show it by themselves: what a check would begin with. */
function learnedOf(bodies: ReadonlyMap<string, unknown>): string[] {
  return (['listSegments', 'segmentsWithMembers'] as const).map((call) => {
    const expected = pathText(DEFAULT_PROFILE.reads[call].shape.records);
    const found = learnList(bodies.get(call) ?? null);
    const list = found.kind === 'found' ? found.list : null;
    if (list === null) return `${call}: ${found.kind === 'empty' ? 'no segments yet' : 'no list that is clearly it'}`;
    const at = pathText(list.at);
    const id = `${pathText(list.id)} as ${list.ids}`;
    const differs = at === expected ? '' : `, where the default profile has ${expected}`;
    return `${call}: ${String(list.rows)} records in ${at === '' ? 'the answer itself' : at}${differs}, ids in ${id}`;
  });
}

function pathText(path: KeyPath): string {
  return path.join('.');
}

function readKey(env: Readonly<Record<string, string | undefined>>): string {
  const key = env['SHORTER_LOOP_KEY'] ?? '';
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new UsageError(
      'Put the API key into the environment variable SHORTER_LOOP_KEY: visible characters without blanks.',
    );
  return key;
}
