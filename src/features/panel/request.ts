import { z } from 'zod';
import { type Result, ok, err } from '../../contract';
import { handlePageRequest, type ResolverRequest } from '../../usecases/result';

/** What Forge tells of a panel's request. The issue id is a hint from the page: only a read as the user proves it. */
export type PanelRequest = { readonly viewerAccountId: string; readonly issueId: string };

const contextSchema = z.object({
  // Set by the platform, not by the page.
  accountId: z.string().min(1),
  extension: z.object({ issue: z.object({ id: z.string().regex(/^\d{1,19}$/) }) }),
});

/**
 * Turns a panel function into a resolver function: context checked, failures answered as problems.
 * @param name the name under which the page invokes it, for the log
 */
export function panelFunction<T>(name: string, work: (request: PanelRequest, payload: unknown) => Promise<Result<T>>) {
  return (request: ResolverRequest): Promise<Result<T>> =>
    handlePageRequest(name, async () => {
      const read = readContext(request.context);
      return read.kind === 'ok' ? work(read.value, request.payload) : read;
    });
}

function readContext(context: unknown): Result<PanelRequest> {
  const parsed = contextSchema.safeParse(context);
  if (!parsed.success) return err({ code: 'invalidInput', field: 'context', reason: { code: 'notOnAnIssue' } });
  return ok({ viewerAccountId: parsed.data.accountId, issueId: parsed.data.extension.issue.id });
}
