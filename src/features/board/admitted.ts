import {
  isInScope,
  type AccessRule,
  type AccessSettings,
  type BoardView,
  type Problem,
  type ProjectScope,
  ok,
  err,
  type Result,
} from '../../contract';
import { PROJECT_NOT_VISIBLE, refusalsInProject } from '../../usecases/access';
import { connect, type Connected } from '../../usecases/connection';
import { PROJECT_OFF } from '../../usecases/lookup';
import { fromJira } from '../../usecases/result';
import { findProject } from '../../adapters/jira';
import { readKey, readToChange } from '../../adapters/store';
import type { BoardRequest } from './request';

/** Who may see the board, and what they may do on it. */
export type Opener = {
  readonly connected: Connected;
  readonly refusals: BoardView['refusals'];
};

/**
 * Lets someone in who may see the board, and for `act` only who may also do it. Nothing is asked of
 * Shorter Loop before Jira has said yes to the user. Jira is asked for the rules alone that the call needs:
 * each permission costs two of the points that all sites share, and a board that opens calls some 14 times.
 */
export async function admit(request: BoardRequest, act: 'see' | 'move' | 'remove'): Promise<Result<Connected>> {
  const judged = await judge(request, (access) => ({
    board: access.board,
    act: act === 'see' ? access.board : access[act],
  }));
  if (judged.kind === 'problem') return judged;
  const { connected, refusals } = judged.value;
  const refused = refusals('act');
  return refused === null ? ok(connected) : err(refused);
}

/** {@link admit} for a board that opens: asks for all rules at once, and tells what is refused. */
export async function admitOpening(request: BoardRequest): Promise<Result<Opener>> {
  const judged = await judge(request, ({ board, move, remove }) => ({ board, move, remove }));
  if (judged.kind === 'problem') return judged;
  const { connected, refusals } = judged.value;
  // What can't be read back is not written: whoever sees the board is told so before they try.
  const unproven: Problem | null = connected.writes === null ? { code: 'notProven' } : null;
  return ok({
    connected,
    refusals: { move: refusals('move') ?? unproven, remove: refusals('remove') ?? unproven, others: null },
  });
}

/** What stands in the way for each of several rules; whoever may not see the board is told that alone. */
type Judged<Name extends string> = { readonly connected: Connected; readonly refusals: (name: Name) => Problem | null };

async function judge<Name extends string>(
  { projectKey }: BoardRequest,
  rulesOf: (access: AccessSettings) => Readonly<Record<Name | 'board', AccessRule>>,
): Promise<Result<Judged<Name>>> {
  const [key, { settings, tokenBucket, access, scope }] = await Promise.all([readKey(), readToChange()]);
  const [judged, inScope] = await Promise.all([
    refusalsInProject(rulesOf(access), projectKey),
    isProjectOn(scope, projectKey),
  ]);
  if (judged.kind === 'problem') return judged;
  if (inScope.kind === 'problem') return inScope;
  if (!inScope.value) return err(PROJECT_OFF);
  const refused = judged.value('board');
  if (refused !== null) return err(refused);
  const connected = connect(settings, key, tokenBucket);
  return connected.kind === 'ok' ? ok({ connected: connected.value, refusals: judged.value }) : connected;
}

/** Jira says which project the key means now: the scope knows projects by id, and keys change. */
async function isProjectOn(scope: ProjectScope, projectKey: string): Promise<Result<boolean>> {
  if (scope.kind === 'all') return ok(true);
  const project = fromJira(await findProject(projectKey), PROJECT_NOT_VISIBLE);
  return project.kind === 'ok' ? ok(isInScope(scope, project.value.id)) : project;
}
