import { z } from 'zod';
import { type Result, type Problem, err } from '../../contract';
import { handlePageRequest, fromJira, type ResolverRequest } from '../../usecases/result';
import { mayAdministerJira } from '../../adapters/jira';

/** A request of someone who has just been proved to administer Jira. */
export type AdminRequest = { readonly adminAccountId: string };

const contextSchema = z.object({ accountId: z.string().min(1) });
const REFUSED: Problem = { code: 'notPermitted', needed: 'ADMINISTER' };

/**
 * Turns an admin function into a resolver function. That the page is shown to admins only is no
 * protection, so Jira is asked as the user before anything else is done.
 * @param name the name under which the page invokes it, for the log
 */
export function adminFunction<T>(name: string, work: (request: AdminRequest, payload: unknown) => Promise<Result<T>>) {
  return (request: ResolverRequest): Promise<Result<T>> =>
    handlePageRequest(name, async () => {
      const context = contextSchema.safeParse(request.context);
      if (!context.success) return err(REFUSED);
      const permitted = fromJira(await mayAdministerJira(), REFUSED);
      if (permitted.kind === 'problem') return permitted;
      if (!permitted.value) return err(REFUSED);
      return work({ adminAccountId: context.data.accountId }, request.payload);
    });
}
