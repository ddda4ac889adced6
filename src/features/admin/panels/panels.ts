import { z } from 'zod';
import {
  MAX_PROJECTS_LISTED,
  ok,
  type PanelsView,
  type PinPanelsInput,
  type PinTask,
  type Result,
} from '../../../contract';
import { pinPanel, PROJECTS_A_PIN, readPins, readPinTask, readProjects } from '../../../adapters/jira';
import { fromJira, parseInput } from '../../../usecases/result';
import type { AdminRequest } from '../request';

const pinSchema: z.ZodType<PinPanelsInput> = z.object({
  action: z.enum(['pin', 'unpin']),
  projectIds: z
    .array(z.string().regex(/^\d{1,19}$/))
    .min(1)
    .max(PROJECTS_A_PIN),
});
// A part of a path: the SDK throws where two dots are in one.
const taskSchema = z.object({ taskId: z.string().regex(/^(?!.*\.\.)[\w.:-]{1,200}$/) });

/** The projects that the admin may browse, and to which of them the panel is pinned, as far as Jira tells. */
export async function panels(): Promise<Result<PanelsView>> {
  const projects = fromJira(await readProjects());
  if (projects.kind === 'problem') return projects;
  const ids = projects.value.map(({ id }) => id);
  const pins = ids.length === 0 ? null : await readPins(ids);
  const isPinned = (id: string): boolean | null => (pins?.kind === 'ok' ? (pins.value.get(id) ?? null) : null);
  return ok({
    projects: projects.value.map((project) => ({ ...project, isPinned: isPinned(project.id) })),
    isAll: ids.length < MAX_PROJECTS_LISTED,
  });
}

/** Has Jira pin the panel to projects, or unpin it, as the admin. */
export async function pinPanels(
  _request: AdminRequest,
  payload: unknown,
): Promise<Result<{ readonly taskId: string }>> {
  const input = parseInput(pinSchema, payload);
  if (input.kind === 'problem') return input;
  const { action, projectIds } = input.value;
  const taskId = fromJira(await pinPanel(action, [...new Set(projectIds)]));
  return taskId.kind === 'ok' ? ok({ taskId: taskId.value }) : taskId;
}

/** How far Jira has come with it. */
export async function pinTask(_request: AdminRequest, payload: unknown): Promise<Result<PinTask>> {
  const input = parseInput(taskSchema, payload);
  return input.kind === 'ok' ? fromJira(await readPinTask(input.value.taskId)) : input;
}
