import { z } from 'zod';
import { type Result, type LinkPage, ok } from '../../../contract';
import { parseInput } from '../../../usecases/result';
import { readLinksAfter } from '../../../adapters/store';
import type { AdminRequest } from '../request';

const exportSchema = z.object({ after: z.int().positive().nullable() });

/** The stored links, some at a time; the page puts them together to a file. */
export async function exportLinks(_request: AdminRequest, payload: unknown): Promise<Result<LinkPage>> {
  const input = parseInput(exportSchema, payload);
  return input.kind === 'ok' ? ok(await readLinksAfter(input.value.after)) : input;
}
