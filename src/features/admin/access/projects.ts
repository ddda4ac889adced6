import { z } from 'zod';
import {
  MAX_PROJECTS_NAMED,
  jiraKey,
  type Problem,
  type Result,
  type ProjectScope,
  type SaveProjectsInput,
  ok,
  err,
} from '../../../contract';
import { fromJira, parseInput } from '../../../usecases/result';
import { findProject } from '../../../adapters/jira';
import { readProjectScope, writeProjectScope } from '../../../adapters/store';
import type { AdminRequest } from '../request';

/** Of a text that was typed for a key so much is told again. */
const MOST_CHARACTERS = 100;
const KEY = /^[A-Z][A-Z0-9_]*$/;
const saveSchema: z.ZodType<SaveProjectsInput> = z.object({
  keys: z.array(z.string().trim().min(1).max(MOST_CHARACTERS).transform(jiraKey)).max(MAX_PROJECTS_NAMED).nullable(),
});

/** In which projects the app may be used. */
export async function loadProjects(): Promise<Result<ProjectScope>> {
  return ok(await readProjectScope());
}

/**
 * Stores in which projects the app may be used. A project that Jira does not know is refused by its place in the
 * list, and nothing is stored.
 */
export async function saveProjects(_request: AdminRequest, payload: unknown): Promise<Result<ProjectScope>> {
  const input = parseInput(saveSchema, payload);
  if (input.kind === 'problem') return input;
  const { keys } = input.value;
  if (keys === null) return store({ kind: 'all' });
  const projects: Extract<ProjectScope, { kind: 'only' }>['projects'][number][] = [];
  for (const [at, key] of [...new Set(keys)].entries()) {
    const unknown: Problem = { code: 'invalidInput', field: `keys.${at}`, reason: { code: 'projectUnknown', key } };
    // What can't be a key is told like one that is not known: by itself.
    const found = KEY.test(key) ? fromJira(await findProject(key), unknown) : err(unknown);
    if (found.kind === 'problem') return found;
    projects.push(found.value);
  }
  // No project at all would be the app switched off by accident.
  return projects.length === 0
    ? err({ code: 'invalidInput', field: 'keys', reason: { code: 'missing' } })
    : store({ kind: 'only', projects });
}

async function store(scope: ProjectScope): Promise<Result<ProjectScope>> {
  await writeProjectScope(scope);
  return ok(scope);
}
