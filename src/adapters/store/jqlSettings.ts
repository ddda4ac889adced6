import { kvs } from '@forge/kvs';
import { z } from 'zod';
import type { JqlSettings } from '../../contract';
import { RATE_LIMIT_ENTITY } from './tokenBucket';
import { compareAndSwap, createRow, parseCounted, versioned, type Versioned } from './versioned';

/** The key-value key under which it stands whether the JQL function answers. */
const JQL_SETTINGS_KEY = 'jql';
/** The key of its budget's row, beside the rate limit of Shorter Loop, with which it has nothing to do. */
const BUDGET_KEY = 'jql';

const settingsSchema = z.object({ version: z.literal(1), isOn: z.boolean() });
const spentSchema = z.object({ tokens: z.number(), atMs: z.number(), revision: z.string() });

/** Whether the JQL function answers: not before an admin has said so. Throws ForgeKvsError when storage fails. */
export async function readJqlSettings(): Promise<JqlSettings> {
  const stored = await kvs.get<unknown>(JQL_SETTINGS_KEY);
  return { isOn: stored === undefined ? false : settingsSchema.parse(stored).isOn };
}

/** Stores whether the JQL function answers. Throws ForgeKvsError when storage fails. */
export async function writeJqlSettings({ isOn }: JqlSettings): Promise<void> {
  await kvs.set(JQL_SETTINGS_KEY, { version: 1, isOn });
}

/** How many answers were computed since a time (milliseconds since the epoch). */
export type JqlSpending = { readonly tokens: number; readonly atMs: number };

/** What is spent of the function's budget, null before the first time. Throws ForgeKvsError when storage fails. */
export async function readJqlSpending(): Promise<Versioned<JqlSpending> | null> {
  const row = await kvs.entity<unknown>(RATE_LIMIT_ENTITY).get(BUDGET_KEY);
  return row === undefined ? null : parseCounted<JqlSpending>(spentSchema, row, { tokens: 0, atMs: 0 });
}

/**
 * Replaces what is spent if it still is `before`; false when another invocation was faster. Throws ForgeKvsError when
 * storage fails.
 */
export async function writeJqlSpending(before: Versioned<JqlSpending> | null, next: JqlSpending): Promise<boolean> {
  const row = versioned(next);
  return before === null
    ? createRow(RATE_LIMIT_ENTITY, BUDGET_KEY, row)
    : compareAndSwap(RATE_LIMIT_ENTITY, BUDGET_KEY, before, row);
}
