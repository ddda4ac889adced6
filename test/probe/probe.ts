import { z } from 'zod';
import { readContract } from '../contract/openapi';
import { createAsk, type Answer, type Ask, type Asked } from './ask';
import { readOptions, USAGE, UsageError, type ProbeOptions } from './options';

/** What the probe found: every request, what was counted, and whether all is as it was. */
export type ProbeReport = { readonly asked: readonly Asked[]; readonly notes: readonly string[]; readonly agrees: boolean };

const listed = z.object({ data: z.array(z.object({ id: z.int().positive() })) });
const filled = z.object({ data: z.object({ users: z.array(z.object({ id: z.int().positive() })) }) });

/**
 * Reads a real account and compares its answers with the contract.
 * @param print takes the lines of the report
 * @returns the exit code: 0 it agrees, 1 it differs, 2 it could not be asked
 */
export async function probe(args: readonly string[], env: Readonly<Record<string, string | undefined>>, print: (line: string) => void): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(args);
    const key = env['SHORTER_LOOP_KEY'] ?? '';
    if (!/^[\x21-\x7e]+$/.test(key)) throw new UsageError('Put the API key into the environment variable SHORTER_LOOP_KEY: visible characters without blanks.');
    const report = await run(options, createAsk(readContract(), options, key));
    for (const line of options.asJson ? [JSON.stringify(report)] : linesOf(report)) print(line);
    if (report.agrees) return 0;
    return report.asked.every(({ status }) => status === null) ? 2 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    print(error.message);
    print(USAGE);
    return 2;
  }
}

async function run(options: ProbeOptions, ask: Ask): Promise<ProbeReport> {
  const asked: Asked[] = [];
  const notes: string[] = [];
  const noting: Ask = async (...request) => {
    const answer = await ask(...request);
    asked.push(answer.asked);
    return answer;
  };
  const list = listed.safeParse((await noting('listSegments')).body);
  if (list.success) notes.push(`${list.data.data.length} segments`);
  await noting('segmentsWithMembers');
  const first = options.write?.from ?? (list.success ? list.data.data[0]?.id : undefined);
  if (first !== undefined) {
    const members = membersOf(await noting('segmentWithMembers', { id: first }));
    if (members !== null) notes.push(`${members.size} members in segment ${first}`);
  }
  const isAsItWas = options.write === null ? true : await writeAndPutBack(options, options.write, noting, notes);
  const agrees = isAsItWas && asked.every(({ differences, failure }) => differences.length === 0 && failure === '');
  return { asked, notes, agrees };
}

/** Moves one member and moves them back; says plainly where they are in the end. */
async function writeAndPutBack({ dialect }: ProbeOptions, { from, to, memberId }: NonNullable<ProbeOptions['write']>, ask: Ask, notes: string[]): Promise<boolean> {
  const where = async (): Promise<string> => {
    const [source, target] = [membersOf(await ask('segmentWithMembers', { id: from })), membersOf(await ask('segmentWithMembers', { id: to }))];
    if (source === null || target === null) return 'unknown';
    return [source.has(memberId) ? 'from' : '', target.has(memberId) ? 'to' : ''].filter((side) => side !== '').join(' and ') || 'neither';
  };
  const before = await where();
  if (before !== 'from') {
    notes.push(`Nothing was written: member ${memberId} must be in segment ${from} and not in ${to}, and is in ${before === 'to' ? to : before}.`);
    return false;
  }
  const operationId = dialect === 'put-segment-users' ? 'moveByPut' : 'moveByPost';
  await ask(operationId, { from, to }, [memberId]);
  const there = await where();
  notes.push(there === 'to' ? `The move worked: member ${memberId} was read back in segment ${to}.` : `The move did not work: member ${memberId} was read back in ${there}.`);
  if (there === 'from') return false;
  await ask(operationId, { from: to, to: from }, [memberId]);
  const after = await where();
  notes.push(
    after === 'from'
      ? 'Everything is as it was.'
      : `NOT AS IT WAS: member ${memberId} was read back in ${after}. In Shorter Loop, put them into segment ${from} and take them out of segment ${to}.`,
  );
  return there === 'to' && after === 'from';
}

function membersOf({ body }: Answer): ReadonlySet<number> | null {
  const parsed = filled.safeParse(body);
  return parsed.success ? new Set(parsed.data.data.users.map(({ id }) => id)) : null;
}

function linesOf({ asked, notes, agrees }: ProbeReport): string[] {
  const lines = asked.flatMap(({ request, status, tookMs, failure, differences, limits }) => [
    `${failure === '' && differences.length === 0 ? 'agrees ' : 'DIFFERS'} ${request}: ${status === null ? failure : `status ${status}${failure === '' ? '' : `, ${failure}`}`} (${tookMs} ms)`,
    ...differences.map(({ at, expected }) => `        at ${at}: ${expected}`),
    ...Object.entries(limits).map(([name, value]) => `        ${name}: ${value}`),
  ]);
  return [...lines, ...notes, agrees ? 'The account answers as docs/shorterloop.openapi.yaml assumes.' : 'The account does not answer as docs/shorterloop.openapi.yaml assumes: see above.'];
}
