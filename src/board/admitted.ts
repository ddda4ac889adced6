import { isInScope, type AccessSettings, type Problem, type ProjectScope } from '../contract';
import { connect, fromJira, ok, problem, PROJECT_NOT_VISIBLE, PROJECT_OFF, refusalsInProject, type Connected, type Step } from '../flow';
import { findProject } from '../jira';
import { readKey, readToChange } from '../store';
import type { BoardRequest } from './request';

/** Someone who may see the board of a project, with what stands in their way for the rest; null where nothing does. */
export type Admitted = { readonly connected: Connected; readonly refusals: Readonly<Record<'move' | 'remove', Problem | null>> };

/**
 * Lets someone in who may see the board, and for `act` only who may also do it. Nothing is asked of
 * Shorter Loop before Jira has said yes to the user.
 */
export async function admit({ projectKey }: BoardRequest, act: 'see' | 'move' | 'remove'): Promise<Step<Admitted>> {
  const [key, { settings, pace, access, scope }] = await Promise.all([readKey(), readToChange()]);
  const [judged, inScope] = await Promise.all([refusalsInProject(rulesOf(access), projectKey), isProjectOn(scope, projectKey)]);
  if (judged.kind === 'problem') return judged;
  if (inScope.kind === 'problem') return inScope;
  if (!inScope.value) return problem(PROJECT_OFF);
  const refused = judged.value('board') ?? (act === 'see' ? null : judged.value(act));
  if (refused !== null) return problem(refused);
  const connected = connect(settings, key, pace);
  if (connected.kind === 'problem') return connected;
  // What can't be read back is not written: whoever sees the board is told so before they try.
  const unproven: Problem | null = connected.value.writes === null ? { code: 'notProven' } : null;
  return ok({ connected: connected.value, refusals: { move: judged.value('move') ?? unproven, remove: judged.value('remove') ?? unproven } });
}

/** Jira says which project the key means now: the scope knows projects by id, and keys change. */
async function isProjectOn(scope: ProjectScope, projectKey: string): Promise<Step<boolean>> {
  if (scope.kind === 'all') return ok(true);
  const project = fromJira(await findProject(projectKey), PROJECT_NOT_VISIBLE);
  return project.kind === 'ok' ? ok(isInScope(scope, project.value.id)) : project;
}

function rulesOf({ board, move, remove }: AccessSettings): Pick<AccessSettings, 'board' | 'move' | 'remove'> {
  return { board, move, remove };
}
