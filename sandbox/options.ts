import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DIALECTS } from './shorterloop';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'a whole number')
    .transform(Number)
    .pipe(z.int().min(least, `at least ${least}`).max(most, `at most ${most}`));

const origin = z
  .string()
  .refine(
    (text) =>
      URL.canParse(text) && new URL(text).protocol === 'http:' && new URL(text).origin === text.replace(/\/$/, ''),
    'an address such as http://127.0.0.1:4800',
  )
  .transform((text) => new URL(text).origin);

/** How many further reporters there are unless it is said: with those of the stories, 163 and 150 of them certain. */
const CROWD = 142;

const schema = z.strictObject({
  port: wholeNumber(0, 65_535).exactOptional(),
  shorterloop: origin.exactOptional(),
  members: wholeNumber(20, 1_000_000).exactOptional(),
  segments: wholeNumber(2, 1_000).exactOptional(),
  seed: wholeNumber(0, 2_147_483_647).exactOptional(),
  reporters: wholeNumber(0, 10_000).default(CROWD),
  dialect: z.enum(DIALECTS).exactOptional(),
  keep: z.string().min(1, 'the path of a file').exactOptional(),
  headless: z.boolean().default(false),
  fresh: z.boolean().default(false),
});

/** What `npm start` takes. */
export type StartOptions = z.output<typeof schema>;

/** What came of a command line: options, a request for help, or what is wrong with it. */
export type ParsedStart =
  | { readonly kind: 'options'; readonly options: StartOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly why: string };

/** The options as they are shown for `--help` and after a wrong one. */
export const USAGE = `Usage: npm start -- [options]
  --port N                 where the page is served (any free port)
  --shorterloop ORIGIN     use the simulator that runs there, not the embedded one
  --members N              how many people Shorter Loop has (2000)
  --segments N             how many segments it has (12)
  --seed N                 another number, other people (1)
  --reporters N            how many further people report (${CROWD})
  --dialect NAME           ${DIALECTS.join(' or ')}
  --fresh                  start without settings, as after an installation
  --keep FILE              keep the app's storage in a file
  --headless               open no browser`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Parses the arguments after the command's name. */
export function parseStart(argv: readonly string[]): ParsedStart {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: text,
        shorterloop: text,
        members: text,
        segments: text,
        seed: text,
        reporters: text,
        dialect: text,
        keep: text,
        headless: flag,
        fresh: flag,
        help: flag,
      },
    });
    const { help, ...rest } = values;
    if (help === true) return { kind: 'help' };
    const parsed = schema.safeParse(rest);
    if (parsed.success) return { kind: 'options', options: parsed.data };
    const [issue] = parsed.error.issues;
    return { kind: 'refused', why: `--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}` };
  } catch (error) {
    return { kind: 'refused', why: error instanceof Error ? error.message : String(error) };
  }
}
