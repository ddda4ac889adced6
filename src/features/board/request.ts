import { z } from 'zod';
import { type Result, ok, err } from '../../contract';
import { handlePageRequest, type ResolverRequest } from '../../usecases/result';

/**
 * What Forge tells of a request of the board. The project key is a hint from the page: only what Jira answers the
 * user about it counts.
 */
export type BoardRequest = { readonly viewerAccountId: string; readonly projectKey: string };

const contextSchema = z.object({
  // Set by the platform, not by the page.
  accountId: z.string().min(1),
  // No character that could end the quotes of a query:
  // https://support.atlassian.com/jira-cloud-administration/docs/change-the-project-key-format/
  extension: z.object({ project: z.object({ key: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,254}$/) }) }),
});

/**
 * Turns a function of the board into a resolver function: context checked, failures answered as problems.
 * @param name the name under which the page invokes it, for the log
 */
export function boardFunction<T>(name: string, work: (request: BoardRequest, payload: unknown) => Promise<Result<T>>) {
  return (request: ResolverRequest): Promise<Result<T>> =>
    handlePageRequest(name, async () => {
      const read = readContext(request.context);
      return read.kind === 'ok' ? work(read.value, request.payload) : read;
    });
}

function readContext(context: unknown): Result<BoardRequest> {
  const parsed = contextSchema.safeParse(context);
  if (!parsed.success) return err({ code: 'invalidInput', field: 'context', reason: { code: 'notInAProject' } });
  return ok({ viewerAccountId: parsed.data.accountId, projectKey: parsed.data.extension.project.key });
}
