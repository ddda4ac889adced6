import { randomUUID } from 'node:crypto';

/**
 * Writes one line about a failure that nobody handled and answers the reference under which it
 * stands. The line holds the kind of error and where in the code it came from, never its message:
 * messages can hold addresses, names or what an API sent.
 */
export function logFailure(where: string, error: unknown): string {
  const reference = randomUUID();
  const name = error instanceof Error ? error.name : typeof error;
  console.error(JSON.stringify({ event: 'failure', where, reference, name, at: framesOf(error) }));
  return reference;
}

function framesOf(error: unknown): string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  // A message stands before them, and may have lines that look like frames.
  const behind = error.stack.indexOf(error.message) + error.message.length;
  const frames = error.stack
    .slice(behind)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return frames.slice(0, 5).map((line) => line.trim());
}
