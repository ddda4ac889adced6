import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What libraries throw may have neither of them. */
const tracedSchema = z.object({ stack: z.string(), message: z.string().catch('') });

/**
 * Writes one line about a failure that nobody handled and answers the reference under which it
 * stands. The line holds the kind of error and where in the code it came from, never its message:
 * messages can hold addresses, names or what an API sent.
 */
export function logFailure(where: string, error: unknown): string {
  const reference = randomUUID();
  const name = error instanceof Error ? kindOf(error) : typeof error;
  console.error(JSON.stringify({ event: 'failure', where, reference, name, at: framesOf(error) }));
  return reference;
}

/** What an error is called; whoever threw it may have put anything there, and only a name is told. */
function kindOf(error: Error): string {
  const { name }: { readonly name: unknown } = error;
  return typeof name === 'string' && /^[\w$.]{1,80}$/.test(name) ? name : 'Error';
}

function framesOf(error: unknown): string[] {
  const told = tracedSchema.safeParse(error instanceof Error ? { stack: error.stack, message: error.message } : null);
  if (!told.success) return [];
  const { stack, message } = told.data;
  // A message stands before them, and may have lines that look like frames.
  const behind = stack.indexOf(message) + message.length;
  const frames = stack
    .slice(behind)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return frames.slice(0, 5).map((line) => line.trim());
}
