import { z } from 'zod';
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
const askedSchema = z.object({
  kind: z.literal('ok'),
  value: z.object({
    question: z.object({ ask: z.literal('segmentId'), segments: z.array(z.object({ id: z.number() })) }),
  }),
});
const provenSchema = z.object({ kind: z.literal('ok'), value: z.object({ state: z.literal('proven') }) });
const storedSchema = z.object({ value: z.looseObject({ proofs: z.looseObject({}) }) });

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
  // As an admin does: the check asks which segment may be read alone, and the first that it names is taken.
  const asked = expected(askedSchema, 'admin.check', await asAdmin('admin.check', { choices: {} }));
  const [segment] = asked.value.question.segments;
  const choices = { segmentId: segment?.id };
  expected(provenSchema, 'admin.check', await asAdmin('admin.check', { choices }));
  host.platform.queue.setDelivery({});
  prove(host, ['move', 'remove']);
}

/** Notes calls as tried with a test person, which an admin does by hand: the sandbox starts after that. */
export function prove(host: ForgeHost, names: readonly string[]): void {
  const { value } = storedSchema.parse(host.kvs.handle('/api/v1/get', { key: 'settings' }).body);
  const proofs = { ...value.proofs, ...Object.fromEntries(names.map((name) => [name, Date.now()])) };
  const { status } = host.kvs.handle('/api/v1/set', { key: 'settings', value: { ...value, proofs } });
  if (status !== 200 && status !== 204) throw new Error(`The proofs of the writes were refused: ${String(status)}`);
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
