import { z } from 'zod';
import type { Answer, LinkPage } from '../../../contract';
import { ok, parseInput } from '../../../usecases/result';
import { readLinksAfter } from '../../../adapters/store';
import type { AdminRequest } from '../request';

const exportSchema = z.object({ after: z.int().positive().nullable() });

/** The stored links, some at a time; the page puts them together to a file. */
export async function exportLinks(_request: AdminRequest, payload: unknown): Promise<Answer<LinkPage>> {
  const input = parseInput(exportSchema, payload);
  return input.kind === 'ok' ? ok(await readLinksAfter(input.value.after)) : input;
}
