import { z } from 'zod';
import { type JqlSettings, type Result, ok } from '../../../contract';
import { parseInput } from '../../../usecases/result';
import { noteJqlAsked, readJqlSettings, writeJqlSettings } from '../../../adapters/store';
import type { AdminRequest } from '../request';

const inputSchema: z.ZodType<JqlSettings> = z.object({ isOn: z.boolean() });

/** Whether the JQL function answers. */
export async function loadJql(): Promise<Result<JqlSettings>> {
  return ok(await readJqlSettings());
}

/**
 * Stores whether the JQL function answers. What Jira keeps of its answers is brought up to date by the next tick: taken
 * back, or told in place of the refusals that searches met while it was off, of which nothing was noted.
 */
export async function saveJql(_request: AdminRequest, payload: unknown): Promise<Result<JqlSettings>> {
  const input = parseInput(inputSchema, payload);
  if (input.kind === 'problem') return input;
  if (input.value.isOn) await noteJqlAsked();
  await writeJqlSettings(input.value);
  return input;
}
