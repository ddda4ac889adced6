import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ZodError } from 'zod';
import type { Answer } from './app/src/answer';
import { CASES } from './app/src/run';
import { compareAll, figuresOf, unlike } from './compare';
import { playInSandbox, readAnswers } from './playInSandbox';
import { RECORDED } from './recorded';
import { siteReport, tableOf } from './report';

const USAGE = `Usage: npm run conformance -- [--json] [--answers FILE]
  --json          prints one line: {"cases","measured","agree","differ"}
  --answers FILE  compares what a real site answered (docs/conformance.md) with the records and with the sandbox`;

/** A command line or a file that can't be used: what is wrong, and what to do. */
class UsageError extends Error {}

/**
 * Plays all cases in the sandbox and compares them with the recorded answers, or with those of a site.
 * @returns the exit code: 0 when nothing differs, 1 when something does, 2 for a command that can't be followed
 */
export async function conformance(args: readonly string[], say: (line: string) => void): Promise<number> {
  try {
    const { asJson, file } = readOptions(args);
    const site = file === undefined ? null : readFile(file);
    const sandbox = await playInSandbox();
    const compared = compareAll(CASES, RECORDED, site ?? sandbox, site !== null);
    const figures = figuresOf(compared);
    const lines = site === null ? tableOf(compared) : siteReport(CASES, compared, site, sandbox);
    for (const line of asJson ? [JSON.stringify(figures)] : lines) say(line);
    return figures.differ === 0 && (site === null || unlike(CASES, site, sandbox).length === 0) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

function readOptions(args: readonly string[]): { asJson: boolean; file: string | undefined } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, answers: { type: 'string' } },
      strict: true,
    });
    return { asJson: values.json, file: values.answers };
  } catch {
    throw new UsageError('An option is not known, or has no value.');
  }
}

function readFile(file: string): Record<string, Answer> {
  try {
    return readAnswers(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ZodError)
      throw new UsageError(
        `${file} does not hold what ?ask=answers answers. Write that answer into the file as it is.`,
      );
    throw new UsageError(`${file} can't be read. Give the path of the file with the site's answers.`);
  }
}
