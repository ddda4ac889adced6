import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { DEFAULT_ACCESS, JIRA_PERMISSIONS, type AccessSettings, type Act } from '../../contract';
import { readGuarded, replaceGuarded, type Guarded } from './guarded';

/** The key-value key under which it stands who may do what. */
export const ACCESS_KEY = 'access';

const ruleSchema = z.object({
  permission: z.enum(JIRA_PERMISSIONS),
  groups: z.array(z.object({ id: z.string().min(1), name: z.string() })),
});
/** A rule that the settings do not have yet is as it is by default. */
const orDefault = (act: Act) =>
  ruleSchema.default(() => ({ ...DEFAULT_ACCESS[act], groups: [...DEFAULT_ACCESS[act].groups] }));
const storedSchema = z.object({
  version: z.literal(1),
  board: orDefault('board'),
  link: orDefault('link'),
  move: ruleSchema,
  remove: ruleSchema,
  add: orDefault('add'),
  others: orDefault('others'),
  bulk: ruleSchema,
  // Whether an admin has said who may do what, or that it stays as it is.
  asked: z.boolean().default(false),
});

/**
 * Parses what stands under {@link ACCESS_KEY}; undefined stands for the defaults. Throws when it is of no known
 * version.
 */
export function parseAccess(stored: unknown): AccessSettings {
  if (stored === undefined) return DEFAULT_ACCESS;
  const { version: _version, asked: _asked, ...access } = storedSchema.parse(stored);
  return access;
}

/** Who may do what. Throws ForgeKvsError when storage fails. */
export async function readAccess(): Promise<AccessSettings> {
  return parseAccess(await kvs.get<unknown>(ACCESS_KEY));
}

/** Who may do what, to be changed as it was read. */
export type AccessToChange = { readonly access: AccessSettings; readonly stored: Guarded };

/** {@link readAccess}, to be changed. Throws ForgeKvsError when storage fails. */
export async function readAccessToChange(): Promise<AccessToChange> {
  const stored = await readGuarded(ACCESS_KEY);
  return { access: parseAccess(stored.value), stored };
}

/**
 * Stores who may do what, which answers the question that the setup asks once; the admin entry point has checked it.
 * False when another admin has changed it since it was read. Throws ForgeKvsError when storage fails.
 */
export async function replaceAccess({ stored }: AccessToChange, access: AccessSettings): Promise<boolean> {
  return replaceGuarded(stored, { version: 1, asked: true, ...access });
}

/** Whether an admin has ever said who may do what. Throws ForgeKvsError when storage fails. */
export async function wasAccessAsked(): Promise<boolean> {
  const stored = await kvs.get<unknown>(ACCESS_KEY);
  return stored !== undefined && storedSchema.parse(stored).asked;
}
