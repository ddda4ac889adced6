import { z } from 'zod';
import type { JiraRestAnswer } from '../forge/jiraRest';
import { json, refusal } from './answers';
import { SITE_URL } from './issueJson';
import { holds, type Asker } from './permissions';
import { PROJECT } from './types';

/**
 * How many projects one request may be about.
 * @see https://developer.atlassian.com/platform/forge/changelog/#CHANGE-3102
 */
const MOST_PROJECTS = 1_000;
const MODULE_ID = /^ari:cloud:ecosystem::extension\/[^/]+\/[^/]+\/static\/[^/]+$/;

const pinSchema = z.object({
  moduleId: z.string().regex(MODULE_ID),
  projectList: z
    .array(z.object({ action: z.enum(['PIN', 'UNPIN']), projectIdOrKey: z.string().min(1) }))
    .max(MOST_PROJECTS),
});
const statusSchema = z.object({
  moduleId: z.string().regex(MODULE_ID),
  projectList: z.array(z.string().min(1)).max(MOST_PROJECTS),
});

type Task = { readonly pins: z.infer<typeof pinSchema>; readonly submittedMs: number; looks: number };

/** Which panels are pinned to which projects, and the tasks that change it. */
export type PanelPins = {
  readonly isPinned: (moduleId: string, projectId: string) => boolean;
  readonly pin: (asker: Asker, body: string | null, nowMs: number) => JiraRestAnswer;
  readonly status: (asker: Asker, body: string | null) => JiraRestAnswer;
  readonly task: (asker: Asker, taskId: string, nowMs: number) => JiraRestAnswer;
  readonly reset: () => void;
};

/** A site where no panel is pinned. */
export function createPanelPins(): PanelPins {
  const pinned = new Map<string, number>();
  const tasks = new Map<string, Task>();
  const keyOf = (moduleId: string, projectId: string): string => `${moduleId} ${projectId}`;
  return {
    isPinned: (moduleId, projectId) => pinned.has(keyOf(moduleId, projectId)),
    pin(asker, body, nowMs) {
      if (!holds(asker, 'ADMINISTER')) return notAdmin();
      const pins = pinSchema.safeParse(parsed(body));
      if (!pins.success) return refusal(400, 'The request body is invalid.');
      const taskId = String(10_000 + tasks.size);
      tasks.set(taskId, { pins: pins.data, submittedMs: nowMs, looks: 0 });
      return json(202, { taskId });
    },
    status(asker, body) {
      if (!holds(asker, 'ADMINISTER')) return notAdmin();
      const asked = statusSchema.safeParse(parsed(body));
      if (!asked.success) return refusal(400, 'The request body is invalid.');
      const { moduleId, projectList } = asked.data;
      const statuses = projectList.map((projectIdOrKey) => {
        const pinnedAt = pinned.get(keyOf(moduleId, PROJECT.id));
        return isProject(projectIdOrKey)
          ? { projectIdOrKey, pinned: pinnedAt !== undefined, ...(pinnedAt === undefined ? {} : { pinnedAt }) }
          : { projectIdOrKey, pinned: false, error: 'The project does not exist.' };
      });
      return json(200, { moduleId, statuses });
    },
    task(asker, taskId, nowMs) {
      const task = tasks.get(taskId);
      if (task === undefined || !holds(asker, 'ADMINISTER')) return refusal(404, 'The task was not found.');
      task.looks += 1;
      if (task.looks === 2)
        for (const { action, projectIdOrKey } of task.pins.projectList)
          if (isProject(projectIdOrKey)) {
            const key = keyOf(task.pins.moduleId, PROJECT.id);
            if (action === 'PIN') pinned.set(key, nowMs);
            else pinned.delete(key);
          }
      return json(200, taskJson(taskId, task, nowMs));
    },
    reset() {
      pinned.clear();
      tasks.clear();
    },
  };
}

function isProject(idOrKey: string): boolean {
  return idOrKey === PROJECT.id || idOrKey === PROJECT.key;
}

/** A task that is half done when it is looked at first, and done from then on. */
function taskJson(id: string, { submittedMs, looks }: Task, nowMs: number): object {
  const isDone = looks > 1;
  return {
    self: `${SITE_URL}/rest/api/3/task/${id}`,
    id,
    description: 'Bulk pin or unpin issue panel',
    status: isDone ? 'COMPLETE' : 'RUNNING',
    submittedBy: 10_000,
    progress: isDone ? 100 : 50,
    elapsedRuntime: nowMs - submittedMs,
    submitted: submittedMs,
    started: submittedMs,
    lastUpdate: nowMs,
    ...(isDone ? { finished: nowMs } : {}),
  };
}

function notAdmin(): JiraRestAnswer {
  return refusal(403, 'You do not have permission to administer Jira.');
}

function parsed(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return null;
  }
}
