import type { AccessSettings, Problem } from '../contract';
import { connect, ok, problem, refusalsInProject, type Connected, type Step } from '../flow';
import { readKey, readToChange } from '../store';
import type { BoardRequest } from './request';

/** Someone who may see the board of a project, with what stands in their way for the rest; null where nothing does. */
export type Admitted = { readonly connected: Connected; readonly refusals: Readonly<Record<'move' | 'remove', Problem | null>> };

/**
 * Lets someone in who may see the board, and for `act` only who may also do it. Nothing is asked of
 * Shorter Loop before Jira has said yes to the user.
 */
export async function admit({ projectKey }: BoardRequest, act: 'see' | 'move' | 'remove'): Promise<Step<Admitted>> {
  const [key, { settings, pace, access }] = await Promise.all([readKey(), readToChange()]);
  const judged = await refusalsInProject(rulesOf(access), projectKey);
  if (judged.kind === 'problem') return judged;
  const refused = judged.value('board') ?? (act === 'see' ? null : judged.value(act));
  if (refused !== null) return problem(refused);
  const connected = connect(settings, key, pace);
  if (connected.kind === 'problem') return connected;
  // What can't be read back is not written: whoever sees the board is told so before they try.
  const unproven: Problem | null = connected.value.writes === null ? { code: 'notProven' } : null;
  return ok({ connected: connected.value, refusals: { move: judged.value('move') ?? unproven, remove: judged.value('remove') ?? unproven } });
}

function rulesOf({ board, move, remove }: AccessSettings): Pick<AccessSettings, 'board' | 'move' | 'remove'> {
  return { board, move, remove };
}
