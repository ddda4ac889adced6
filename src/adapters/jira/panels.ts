import { getAppContext, route } from '@forge/api';
import { z } from 'zod';
import type { PinTask } from '../../contract';
import { askJson, getJson, type JiraResult } from './request';
import { rowsOf } from './rows';

/** The key of the panel's module in manifest.yml. */
const PANEL_MODULE = 'segments-panel';
/** How many projects Jira pins a panel to in one request. Documented: 1,000 (changelog CHANGE-3102 of Forge). */
export const PROJECTS_A_PIN = 1_000;

const acceptedSchema = z.object({ taskId: z.string().min(1) });
const taskSchema = z.object({ status: z.string(), progress: z.number().catch(0) });
const statusesSchema = z.object({
  statuses: rowsOf(
    z.object({ projectIdOrKey: z.string(), pinned: z.boolean().catch(false), error: z.string().nullish() }),
  ),
});

/**
 * Asks Jira, as the user who administers it, to pin the app's panel to projects or to unpin it. Jira does it in a task
 * of its own. A second time changes nothing, so that it may be tried again. Scope `manage:jira-project`, documented:
 * by the page and by Atlassian's description of the API.
 * @param projectIds at most {@link PROJECTS_A_PIN}
 * @returns the id of the task, for {@link readPinTask}
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-panels/
 *   #api-rest-api-3-forge-panel-action-bulk-async-post
 */
export async function pinPanel(action: 'pin' | 'unpin', projectIds: readonly string[]): Promise<JiraResult<string>> {
  const verb = action === 'pin' ? 'PIN' : 'UNPIN';
  const body = {
    moduleId: panelId(),
    projectList: projectIds.map((projectIdOrKey) => ({ action: verb, projectIdOrKey })),
  };
  const form = { body, schema: acceptedSchema };
  const answer = await askJson('user', 'POST', route`/rest/api/3/forge/panel/action/bulk/async`, form);
  return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.taskId } : answer;
}

/**
 * How far a task of Jira has come, as the user who asked for it.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-tasks/#api-rest-api-3-task-taskid-get
 */
export async function readPinTask(taskId: string): Promise<JiraResult<PinTask>> {
  const answer = await getJson('user', route`/rest/api/3/task/${taskId}`, taskSchema);
  if (answer.kind === 'problem') return answer;
  const { status, progress } = answer.value;
  return { kind: 'ok', value: { state: stateOf(status), percent: Math.min(100, Math.max(0, Math.round(progress))) } };
}

/**
 * To which of these projects the panel is pinned, as the user; a project of which Jira does not tell is left out.
 * Learned from clients that are generated from Jira's description, not from the page: where Jira has no such resource,
 * the caller does without it.
 * @param projectIds at most {@link PROJECTS_A_PIN}
 */
export async function readPins(projectIds: readonly string[]): Promise<JiraResult<ReadonlyMap<string, boolean>>> {
  const body = { moduleId: panelId(), projectList: projectIds };
  const form = { body, schema: statusesSchema };
  const answer = await askJson('user', 'POST', route`/rest/api/3/forge/panel/action/bulk/status`, form);
  if (answer.kind === 'problem') return answer;
  const told = answer.value.statuses.rows.filter(({ error }) => error === null || error === undefined);
  return { kind: 'ok', value: new Map(told.map(({ projectIdOrKey, pinned }) => [projectIdOrKey, pinned])) };
}

/** Documented: ENQUEUED, RUNNING, COMPLETE, FAILED, CANCEL_REQUESTED, CANCELLED, DEAD. */
function stateOf(status: string): PinTask['state'] {
  if (status === 'COMPLETE') return 'done';
  return ['ENQUEUED', 'RUNNING', 'CANCEL_REQUESTED'].includes(status) ? 'running' : 'failed';
}

/** As Jira documents it: `ari:cloud:ecosystem::extension/{app-id}/{environment-id}/static/{module-key}`. */
function panelId(): string {
  const { appAri, environmentAri } = getAppContext();
  return `ari:cloud:ecosystem::extension/${appAri.appId}/${environmentAri.environmentId}/static/${PANEL_MODULE}`;
}
