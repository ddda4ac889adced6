import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DIALECTS } from './dialect';
import { profileNamed } from './profiles';
import { randomProfile } from './randomProfile';
import type { RateLimit } from './types';

const wholeNumber = (least: number, most: number) =>
  z.string().regex(/^\d+$/, 'a whole number').transform(Number).pipe(z.int().min(least).max(most));

const rateLimit = z
  .string()
  .regex(/^[1-9]\d{0,5}\/[1-9]\d{0,4}$/, 'requests/seconds, such as 60/60')
  .transform((text) => text.split('/').map(Number))
  .transform(([requests = 1, seconds = 1]) => ({ requests, windowMs: seconds * 1000 }));

const optionsSchema = z.object({
  port: wholeNumber(0, 65_535).default(0),
  members: wholeNumber(0, 1_000_000).default(2000),
  segments: wholeNumber(1, 1000).default(12),
  seed: wholeNumber(0, 2_147_483_647).default(1),
  dialect: z.enum(DIALECTS).default('put-segment-users'),
  'rate-limit': rateLimit.exactOptional(),
  profile: z
    .string()
    .transform((name, context) => {
      const named = profileNamed(name) ?? (/^random-\d{1,9}$/.test(name) ? randomProfile(Number(name.slice(7))) : null);
      if (named !== null) return named.server;
      context.addIssue('there is none of that name; --list-profiles shows them');
      return z.NEVER;
    })
    .exactOptional(),
});

type Parsed = z.output<typeof optionsSchema>;
/** What the `simulator` command takes. */
type CommandOptions = Omit<Parsed, 'rate-limit'> & { readonly rateLimit?: RateLimit };

/** What came of a command line: options, or a sentence that says what is wrong with it. */
export type ParsedCommand =
  | { readonly kind: 'options'; readonly options: CommandOptions }
  | { readonly kind: 'listProfiles' }
  | { readonly kind: 'refused'; readonly why: string };

/** The options of the command as they are shown for a wrong one. */
export const USAGE =
  'Usage: npm run simulator -- [--port N] [--members N] [--segments N] [--seed N] [--dialect ' +
  'put-segment-users|post-manage-users] [--rate-limit REQUESTS/SECONDS] [--profile NAME|random-N] [--list-profiles]';

/** Parses the arguments after the command's name. */
export function parseCommand(argv: readonly string[]): ParsedCommand {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: text,
        members: text,
        segments: text,
        seed: text,
        dialect: text,
        'rate-limit': text,
        profile: text,
        'list-profiles': { type: 'boolean' },
      },
    });
    const { 'list-profiles': isList, ...given } = values;
    if (isList === true) return { kind: 'listProfiles' };
    const parsed = optionsSchema.safeParse(given);
    if (parsed.success) {
      const { 'rate-limit': limit, ...options } = parsed.data;
      return { kind: 'options', options: limit === undefined ? options : { ...options, rateLimit: limit } };
    }
    const [issue] = parsed.error.issues;
    return { kind: 'refused', why: `--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}` };
  } catch (error) {
    return { kind: 'refused', why: error instanceof Error ? error.message : String(error) };
  }
}
