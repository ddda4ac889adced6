import { z } from 'zod';
import {
  ACTS,
  DEFAULT_ACCESS,
  JIRA_PERMISSIONS,
  type AccessRule,
  type AccessSettings,
  type Act,
  type Result,
  type Group,
  type SaveAccessInput,
  ok,
  err,
} from '../../../contract';
import { fromJira, parseInput } from '../../../usecases/result';
import { findGroup } from '../../../adapters/jira';
import { writeAccess } from '../../../adapters/store';
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

/** Stores who may do what. A group that Jira does not know is refused by name, and nothing is stored. */
export async function saveAccess(_request: AdminRequest, payload: unknown): Promise<Result<AccessSettings>> {
  const input = parseInput(saveAccessSchema, payload);
  if (input.kind === 'problem') return input;
  const rules: Partial<Record<Act, AccessRule>> = {};
  for (const act of ACTS) {
    const rule = await ruleOf(act, input.value[act]);
    if (rule.kind === 'problem') return rule;
    rules[act] = rule.value;
  }
  const access = { ...DEFAULT_ACCESS, ...rules };
  await writeAccess(access);
  return ok(access);
}

async function ruleOf(act: Act, { permission, groupNames }: SaveAccessInput[Act]): Promise<Result<AccessRule>> {
  const groups: Group[] = [];
  for (const name of new Set(groupNames)) {
    const found = fromJira(await findGroup(name), { code: 'jira', status: 404, retryAfterMs: null, limit: null });
    if (found.kind === 'problem') return found;
    if (found.value === null)
      return err({ code: 'invalidInput', field: `${act}.groupNames`, reason: { code: 'groupUnknown', name } });
    groups.push(found.value);
  }
  return ok({ permission, groups });
}
