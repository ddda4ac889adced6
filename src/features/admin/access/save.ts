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
import { readAccessToChange, replaceAccess } from '../../../adapters/store';
import type { AdminRequest } from '../request';

const MAXIMUM_GROUPS = 10;
/** How often the rules are made again that another admin has changed meanwhile. */
const TRIES = 3;

const ruleSchema = z.object({
  permission: z.enum(JIRA_PERMISSIONS),
  groupNames: z.array(z.string().trim().min(1).max(255)).max(MAXIMUM_GROUPS),
  picked: z
    .array(z.object({ id: z.string().min(1).max(255), name: z.string() }))
    .max(MAXIMUM_GROUPS)
    .exactOptional(),
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
 * Stores who may do what. A group that a rule names already keeps its id, whatever it is called by now, unless another
 * of its name was picked: a group may have been deleted and made anew. One that Jira does not know is refused by name,
 * and nothing is stored.
 */
export async function saveAccess(_request: AdminRequest, payload: unknown): Promise<Result<AccessSettings>> {
  const input = parseInput(saveAccessSchema, payload);
  if (input.kind === 'problem') return input;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = await readAccessToChange();
    const access = await accessOf(input.value, before.access);
    if (access.kind === 'problem' || (await replaceAccess(before, access.value))) return access;
  }
  return err({ code: 'busy', retryAfterMs: 1_000 });
}

/** The rules as they were typed, with the ids of the groups that they name. */
async function accessOf(input: SaveAccessInput, stored: AccessSettings): Promise<Result<AccessSettings>> {
  const named = new Map<string, Group>();
  const rules: Partial<Record<Act, AccessRule>> = {};
  for (const act of ACTS) {
    const { permission, groupNames, picked = [] } = input[act];
    const isReplaced = ({ id, name }: Group): boolean => picked.some((one) => one.name === name && one.id !== id);
    const kept = stored[act].groups.filter((group) => !isReplaced(group));
    const groups = await groupsOf(act, groupNames, { kept, picked, named });
    if (groups.kind === 'problem') return groups;
    rules[act] = { permission, groups: groups.value };
  }
  return ok({ ...DEFAULT_ACCESS, ...rules });
}

/** From where a rule's groups are known: named before, picked just now, or found for an earlier act. */
type KnownGroups = {
  readonly kept: readonly Group[];
  readonly picked: readonly Group[];
  /** By name, as the same one is asked for once. */
  readonly named: Map<string, Group>;
};

async function groupsOf(
  act: Act,
  names: readonly string[],
  { kept, picked, named }: KnownGroups,
): Promise<Result<Group[]>> {
  const groups: Group[] = [];
  for (const name of new Set(names)) {
    const id = picked.find((group) => group.name === name)?.id ?? null;
    const before = kept.find((group) => group.name === name) ?? named.get(name);
    const known = before === undefined || (id !== null && before.id !== id) ? null : before;
    const found = known === null ? fromJira(await findGroup(name, id)) : ok(known);
    if (found.kind === 'problem') return found;
    if (found.value === null)
      return err({ code: 'invalidInput', field: `${act}.groupNames`, reason: { code: 'groupUnknown', name } });
    named.set(name, found.value);
    groups.push(found.value);
  }
  return ok(groups);
}
