import { z } from 'zod';
import type { CheckStepName } from '../src/contract';
import type { ForgeHost } from './forge/host';
import type { Jira } from './jira';
import type { ShorterLoopSite } from './shorterLoopSite';
import { profileOf } from './shorterloop';
import { teamAccess } from './teamAccess';

const loadedSchema = z.object({
  kind: z.literal('ok'),
  value: z.object({ defaults: z.object({ apiOrigin: z.string() }) }),
});
const savedSchema = z.object({ kind: z.literal('ok') });
const passedSchema = z.object({
  kind: z.literal('ok'),
  value: z.object({ result: z.object({ state: z.literal('passed') }) }),
});
/** The steps of the check without which the app writes nothing. */
const PROVING_STEPS: readonly CheckStepName[] = ['segmentsListed', 'membersRead', 'segmentRead'];

/**
 * Makes a configured site of a fresh one, by the same entry point as an admin: the app's own
 * `admin.save` and connection check.
 * Throws with the app's answer when it refuses.
 */
export async function configure(host: ForgeHost, jira: Jira, site: ShorterLoopSite): Promise<void> {
  const asAdmin = (functionKey: string, payload?: unknown): Promise<unknown> =>
    host.invoke({ moduleKey: 'segments-admin', functionKey, payload, accountId: jira.adminAccountId });
  const { defaults } = expected(loadedSchema, 'admin.load', await asAdmin('admin.load')).value;
  const { moveDialect, removeDialect } = site;
  const settings = {
    apiOrigin: defaults.apiOrigin,
    initiativeId: site.initiativeId,
    profile: profileOf({ moveDialect, removeDialect }),
  };
  expected(savedSchema, 'admin.save', await asAdmin('admin.save', { settings, key: site.key }));
  expected(savedSchema, 'admin.saveAccess', await asAdmin('admin.saveAccess', teamAccess()));
  // The refresh that the check asks for would run into what comes next; its schedule begins it later.
  host.platform.queue.setDelivery({ loses: ({ queueName }) => queueName === 'directory-refresh' });
  for (const step of PROVING_STEPS)
    expected(passedSchema, `admin.checkStep ${step}`, await asAdmin('admin.checkStep', { step }));
  host.platform.queue.setDelivery({});
}

/** Stores the links that the seeded issues are about: some reporters were linked or unlinked by hand before. */
export function storeLinks(host: ForgeHost, jira: Jira): void {
  for (const { accountId, ...link } of jira.links) {
    const { status, body } = host.kvs.handle('/api/v1/entity/set', { entityName: 'link', key: accountId, value: link });
    if (status !== 200) throw new Error(`A seeded link was refused: ${JSON.stringify(body)}`);
  }
}

function expected<T>(schema: z.ZodType<T>, functionKey: string, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new Error(`The app answered ${functionKey} with ${JSON.stringify(answer)}`);
  return parsed.data;
}
