import {
  labelledSegments,
  type ActionFormDefinitions,
  type ActionFormView,
  type Result,
  ok,
  err,
} from '../../contract';
import { inviteRefusal, openConnection } from '../../usecases/connection';
import {
  handlePageRequest,
  fromJira,
  makeResolver,
  shorterLoopProblem,
  type ResolverRequest,
} from '../../usecases/result';
import { mayWriteRules } from '../../adapters/jira';

/** The configuration form's resolver: its own root, for those who may write rules. */
export const actionFormResolver = makeResolver<ActionFormDefinitions>({
  'action.load': (_request: ResolverRequest): Promise<Result<ActionFormView>> => handlePageRequest('action.load', load),
});

async function load(): Promise<Result<ActionFormView>> {
  const refused = { code: 'notPermitted', needed: 'ADMINISTER_PROJECTS' } as const;
  const permitted = fromJira(await mayWriteRules(), refused);
  if (permitted.kind === 'problem') return permitted;
  if (!permitted.value) return err(refused);
  const connected = await openConnection();
  if (connected.kind === 'problem') return connected;
  const { client, rateLimiter, refusals, proofs } = connected.value;
  const admitted = await rateLimiter.reserveLook(1);
  if (admitted.kind === 'problem') return admitted;
  const segments = await client.listSegments();
  return segments.kind === 'ok'
    ? ok({
        segments: labelledSegments(segments.value),
        refusals,
        inviteRefusal: inviteRefusal(proofs),
      })
    : err(shorterLoopProblem(segments.problem));
}
