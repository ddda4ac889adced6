import { z } from 'zod';
import {
  ACTS,
  DEFAULT_ACCESS,
  JIRA_PERMISSIONS,
  type AccessRule,
  type AccessSettings,
  type Act,
  type Group,
  type Result,
  type SaveAccessInput,
  ok,
  err,
} from '../../../contract';
import { fromJira, parseInput } from '../../../usecases/result';
import { findGroup } from '../../../adapters/jira';
import { readAccess, writeAccess } from '../../../adapters/store';
import type { AdminRequest } from '../request';

const MAXIMUM_GROUPS = 10;

const ruleSchema = z.object({
  permission: z.enum(JIRA_PERMISSIONS),
  groupNames: z.array(z.string().trim().min(1).max(255)).max(MAXIMUM_GROUPS),
});
const saveAccessSchema: z.ZodType<SaveAccessInput> = z.object({
  board: ruleSchema,
  link: ruleSchema,
  move: ruleSchema,
  remove: ruleSchema,
  add: ruleSchema,
  others: ruleSchema,
  bulk: ruleSchema,
});

/**
 * Stores who may do what. A group that a rule names already keeps its id, whatever it is called by now; one that Jira
 * does not know is refused by name, and nothing is stored.
 */
export async function saveAccess(_request: AdminRequest, payload: unknown): Promise<Result<AccessSettings>> {
  const input = parseInput(saveAccessSchema, payload);
  if (input.kind === 'problem') return input;
  const stored = await readAccess();
  const named = new Map<string, Group>();
  const rules: Partial<Record<Act, AccessRule>> = {};
  for (const act of ACTS) {
    const groups = await groupsOf(act, input.value[act].groupNames, stored[act].groups, named);
    if (groups.kind === 'problem') return groups;
    rules[act] = { permission: input.value[act].permission, groups: groups.value };
  }
  const access = { ...DEFAULT_ACCESS, ...rules };
  await writeAccess(access);
  return ok(access);
}

/** @param named groups that were found for an earlier act: the same name is asked for once */
async function groupsOf(
  act: Act,
  names: readonly string[],
  stored: readonly Group[],
  named: Map<string, Group>,
): Promise<Result<Group[]>> {
  const groups: Group[] = [];
  for (const name of new Set(names)) {
    const known = stored.find((group) => group.name === name) ?? named.get(name);
    const found = known === undefined ? fromJira(await findGroup(name)) : ok(known);
    if (found.kind === 'problem') return found;
    if (found.value === null)
      return err({ code: 'invalidInput', field: `${act}.groupNames`, reason: { code: 'groupUnknown', name } });
    named.set(name, found.value);
    groups.push(found.value);
  }
  return ok(groups);
}
