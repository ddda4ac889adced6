import { parseArgs } from 'node:util';
import { DIALECTS, type Dialect } from '../../sandbox/shorterloop';

/** What `npm run probe` was asked. */
export type ProbeOptions = {
  readonly origin: string;
  readonly initiativeId: number;
  readonly authScheme: string;
  readonly dialect: Dialect;
  readonly asJson: boolean;
  /** Null unless all of --write, --from, --to and --member were given. */
  readonly write: { readonly from: number; readonly to: number; readonly memberId: number } | null;
};

/** A command line that can't be followed: what is wrong, and what to do. */
export class UsageError extends Error {}

/** How the command is called. */
export const USAGE = `Usage: SHORTER_LOOP_KEY=… npm run probe -- --origin https://api.shorterloop.com --initiative 4711
  --auth-scheme WORD    the word before the key in the Authorization header (Bearer)
  --dialect NAME        ${DIALECTS.join(' or ')} (${DIALECTS[0]})
  --json                prints the report as JSON
  --write --from ID --to ID --member ID
                        also moves this member and moves them back; without it nothing is written`;

/** Reads a command line. Throws {@link UsageError}. */
export function readOptions(args: readonly string[]): ProbeOptions {
  const { values } = parse(args);
  const dialect = DIALECTS.find((known) => known === (values.dialect ?? DIALECTS[0]));
  if (dialect === undefined) throw new UsageError(`--dialect must be ${DIALECTS.join(' or ')}.`);
  return {
    origin: readOrigin(values.origin),
    initiativeId: readId('--initiative', values.initiative),
    authScheme: readScheme(values['auth-scheme'] ?? 'Bearer'),
    dialect,
    asJson: values.json ?? false,
    write: readWrite(values),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const options = {
      origin: text,
      initiative: text,
      'auth-scheme': text,
      dialect: text,
      json: flag,
      write: flag,
      from: text,
      to: text,
      member: text,
    };
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
  } catch {
    // Node's own message repeats what was typed, which may be a key in the wrong place.
    throw new UsageError('An option is not known, or has no value.');
  }
}

function readWrite(values: { write?: boolean; from?: string; to?: string; member?: string }): ProbeOptions['write'] {
  const { write = false, from, to, member } = values;
  if (!write) {
    if (from !== undefined || to !== undefined || member !== undefined)
      throw new UsageError('--from, --to and --member are for --write. Add it, or leave them out.');
    return null;
  }
  const wanted = { from: readId('--from', from), to: readId('--to', to), memberId: readId('--member', member) };
  if (wanted.from === wanted.to) throw new UsageError('--from and --to are the same segment. Choose two.');
  return wanted;
}

function readOrigin(text: string | undefined): string {
  if (text === undefined || !URL.canParse(text))
    throw new UsageError('--origin must be an address such as https://api.shorterloop.com.');
  const url = new URL(text);
  // The key goes over this connection: plain http only to this very machine, where a simulator may run.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && url.hostname === '127.0.0.1'))
    throw new UsageError('--origin must start with https://.');
  if (url.origin !== text.replace(/\/$/, ''))
    throw new UsageError('--origin must have no path or anything else after the host.');
  return url.origin;
}

function readScheme(text: string): string {
  // Not repeated: it may be a key in the wrong place.
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,31}$/.test(text))
    throw new UsageError('--auth-scheme must be one word such as Bearer. The key itself goes into SHORTER_LOOP_KEY.');
  return text;
}

function readId(name: string, text: string | undefined): number {
  const id = Number(text ?? Number.NaN);
  if (!Number.isSafeInteger(id) || id <= 0) throw new UsageError(`${name} must be a positive whole number.`);
  return id;
}
