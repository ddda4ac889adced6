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
const fieldSchema = z.object({
  kind: z.literal('ok'),
  value: z.object({ segments: z.array(z.object({ id: z.number() })) }),
});
const storedSchema = z.object({ value: z.looseObject({ proofs: z.looseObject({}) }) });

/**
 * Makes a configured site of a fresh one, by the same entry point as an admin: the app's own
 * `admin.save` and connection check.
 * Throws with the app's answer when it refuses.
 */
export async function configure(host: ForgeHost, jira: Jira, site: ShorterLoopSite): Promise<void> {
  const asAdmin = adminOf(host, jira);
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
  forgetPace(host);
}

/** Calls a function of the admin page as an admin. */
function adminOf(host: ForgeHost, jira: Jira): (functionKey: string, payload?: unknown) => Promise<unknown> {
  return (functionKey, payload) =>
    host.invoke({ moduleKey: 'segments-admin', functionKey, payload, accountId: jira.adminAccountId });
}

/** The check that configured the site was a while ago: the next one need not rest for the remainder of its minute. */
function forgetPace(host: ForgeHost): void {
  const { status } = host.kvs.handle('/api/v1/delete', { key: 'check' });
  if (status !== 200 && status !== 204) throw new Error(`The pace of the check was not forgotten: ${String(status)}`);
}

/** Notes calls as tried with a test person, which an admin does by hand: the sandbox starts after that. */
export function prove(host: ForgeHost, names: readonly string[]): void {
  const { value } = storedSchema.parse(host.kvs.handle('/api/v1/get', { key: 'settings' }).body);
  const proofs = { ...value.proofs, ...Object.fromEntries(names.map((name) => [name, Date.now()])) };
  const { status } = host.kvs.handle('/api/v1/set', { key: 'settings', value: { ...value, proofs } });
  if (status !== 200 && status !== 204) throw new Error(`The proofs of the writes were refused: ${String(status)}`);
}

/**
 * Has the field *Reporter segments* show every segment that the directory knows, as an admin does, and waits until the
 * work items have it.
 */
export async function showField(host: ForgeHost, jira: Jira): Promise<void> {
  const asAdmin = adminOf(host, jira);
  const { segments } = expected(fieldSchema, 'admin.field', await asAdmin('admin.field')).value;
  const segmentIds = segments.map(({ id }) => id);
  expected(savedSchema, 'admin.saveField', await asAdmin('admin.saveField', { isOn: true, segmentIds }));
  await host.platform.queue.idle();
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
