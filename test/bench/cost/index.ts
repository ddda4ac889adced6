import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

/** What the app costs: all customers together in Jira's points, and in invocations that Forge bills. */
export type CostFigures = {
  /** Points of Jira's of one opening of the board, as the Jira stand-in counts them: of a project of 5,000 or 100,000 issues, the larger. */
  readonly boardPoints: number;
  /** Invocations a month of a connected site that nobody uses: scheduled runs and deliveries of the queue. */
  readonly idleInvocationsPerMonth: number;
};

const figuresSchema: z.ZodType<CostFigures> = z.object({
  boardPoints: z.number(),
  idleInvocationsPerMonth: z.number(),
});
const outputSchema = z.object({ textResponse: z.array(z.string()), figures: figuresSchema });

/** Measures in a process of its own, see `main.ts`. */
export async function measureCost(say: (line: string) => void): Promise<CostFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path.join(__dirname, 'main.ts')], {
    cwd: path.join(__dirname, '../../..'),
  });
  const { textResponse, figures } = outputSchema.parse(JSON.parse(stdout));
  textResponse.forEach(say);
  return figures;
}
