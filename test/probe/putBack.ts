import { z } from 'zod';
import type { Answer, Ask } from './ask';
import type { ProbeOptions } from './options';

/** What became of the write, and what the probe says about it. */
export type Written =
  | { readonly kind: 'notAsked' }
  | { readonly kind: 'refused' | 'notMoved' | 'putBack' | 'notPutBack'; readonly says: string };

type Write = NonNullable<ProbeOptions['write']>;
/** In which of the two segments a member was read. */
type Where = 'from' | 'to' | 'both' | 'neither' | 'unknown';

const filled = z.object({ data: z.object({ users: z.array(z.object({ id: z.int().positive() })) }) });

/**
 * Moves one member, reads back, moves them back, and reads back. Writes nothing unless the member is
 * in `from` and not in `to`.
 * @param announce takes what to do by hand if the probe is ended in between
 */
export async function writeAndPutBack(
  { dialect }: ProbeOptions,
  write: Write,
  ask: Ask,
  announce: (line: string) => void,
): Promise<Written> {
  const { from, to, memberId } = write;
  const before = await whereIs(write, ask);
  if (before !== 'from')
    return {
      kind: 'refused',
      says: `Nothing was written: member ${memberId} must be in segment ${from} and not in ${to}, and ${placeOf(before, write)}. Choose others.`,
    };

  const operationId = dialect === 'put-segment-users' ? 'moveByPut' : 'moveByPost';
  announce(
    `Now member ${memberId} is moved and moved back. If this ends before it says how that went: ${byHand('unknown', write)}`,
  );
  const { asked } = await ask(operationId, { from, to }, [memberId]);
  const there = await whereIs(write, ask);
  if (there === 'from') {
    // Without an answer, or with one of a failing server, it may come late.
    const isDoubtful = asked.status === null || asked.status >= 500;
    const rest = isDoubtful
      ? `It may still come late. In some minutes, look again: ${byHand('unknown', write)}`
      : 'Everything is as it was.';
    return { kind: 'notMoved', says: `The move did not work: member ${memberId} is still in segment ${from}. ${rest}` };
  }

  await ask(operationId, { from: to, to: from }, [memberId]);
  const after = await whereIs(write, ask);
  if (after !== 'from')
    return {
      kind: 'notPutBack',
      says: `NOT AS IT WAS: member ${memberId} ${placeOf(after, write)}. By hand: ${byHand(after, write)}`,
    };
  if (there === 'to')
    return { kind: 'putBack', says: `The move worked, and so did moving back. Everything is as it was.` };
  return {
    kind: 'notMoved',
    says: `The move did not work: after it, member ${memberId} ${placeOf(there, write)}. They were moved back: everything is as it was.`,
  };
}

async function whereIs({ from, to, memberId }: Write, ask: Ask): Promise<Where> {
  const [source, target] = [await membersOf(from, ask), await membersOf(to, ask)];
  if (source === null || target === null) return 'unknown';
  if (source.has(memberId)) return target.has(memberId) ? 'both' : 'from';
  return target.has(memberId) ? 'to' : 'neither';
}

/** Reads a segment's members; once more where the first answer can't be read, because what comes next depends on it. */
async function membersOf(id: number, ask: Ask): Promise<ReadonlySet<number> | null> {
  return idsIn(await ask('segmentWithMembers', { id })) ?? idsIn(await ask('segmentWithMembers', { id }));
}

function idsIn({ asked, body }: Answer): ReadonlySet<number> | null {
  const parsed = filled.safeParse(body);
  return asked.status === 200 && parsed.success ? new Set(parsed.data.data.users.map(({ id }) => id)) : null;
}

function placeOf(where: Where, { from, to }: Write): string {
  switch (where) {
    case 'from':
      return `is in segment ${from}`;
    case 'to':
      return `is in segment ${to}, and not in ${from}`;
    case 'both':
      return `is in both, ${from} and ${to}`;
    case 'neither':
      return `is in neither`;
    case 'unknown':
      return 'could not be read back, so that nobody knows where they are';
  }
}

function byHand(where: Where, { from, to, memberId }: Write): string {
  const [join, leave] = [`put member ${memberId} into segment ${from}`, `take them out of segment ${to}`];
  switch (where) {
    case 'from':
      return 'nothing is left to do.';
    case 'to':
      return `in Shorter Loop, ${join} and ${leave}.`;
    case 'both':
      return `in Shorter Loop, take member ${memberId} out of segment ${to}.`;
    case 'neither':
      return `in Shorter Loop, ${join}.`;
    case 'unknown':
      return `in Shorter Loop, ${join} if they are not there, and ${leave} if they are there.`;
  }
}
