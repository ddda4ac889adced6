import { z } from 'zod';
import type { Manifest, ModuleDeclaration, ScheduleInterval } from './manifest';
import type { Readings } from './rules/readings';
import { SITE } from './site';

const MINUTES: Readonly<Record<ScheduleInterval, number>> = { fiveMinute: 5, hour: 60, day: 1_440, week: 10_080 };
/** The longest wait that a timer of Node takes, in milliseconds. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** The scheduled triggers of a manifest. */
export function scheduledTriggersOf(manifest: Manifest): readonly ModuleDeclaration[] {
  return manifest.modules.filter(({ type }) => type === 'scheduledTrigger');
}

/**
 * The body with which Forge calls the function of a scheduled trigger. Nobody is behind it: there is no principal.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/scheduled-trigger/
 */
export function scheduledTriggerBody(moduleKey: string): object {
  return { context: { cloudId: SITE.cloudId, moduleKey }, contextToken: 'kept by the sandbox' };
}

const statusSchema = z.object({ statusCode: z.number().int() });

/**
 * Why a run that returned something counts as failed, null when it does not. A status of 500 and more is
 * an error on one page; on the other reading a return without a status is recorded as 424.
 * @see https://developer.atlassian.com/platform/forge/events-reference/scheduled-trigger/
 */
export function scheduleFailure(returned: unknown, { scheduleReturn }: Readings): string | null {
  if (scheduleReturn === 'ignored') return null;
  const parsed = statusSchema.safeParse(returned);
  if (!parsed.success) return '424 Failed dependency: what the function returned has no statusCode';
  return parsed.data.statusCode >= 500 ? `The function returned ${parsed.data.statusCode}` : null;
}

/**
 * Runs every scheduled trigger on its interval, the first time after one interval. The timers hold no process up.
 * @param run runs one; must not reject
 * @param minuteMs how long a minute of the schedule lasts here, in milliseconds
 * @returns stops them
 */
export function startSchedule(
  triggers: readonly ModuleDeclaration[],
  run: (moduleKey: string) => Promise<void>,
  minuteMs: number,
): () => void {
  const timers = triggers.map(({ key, interval = 'hour' }) =>
    setInterval(() => void run(key), Math.min(MINUTES[interval] * minuteMs, LONGEST_WAIT_MS)),
  );
  for (const timer of timers) timer.unref();
  return () => timers.forEach((timer) => clearInterval(timer));
}
