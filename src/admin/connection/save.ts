import { z } from 'zod';
import { DIALECTS, READ_PLANS, ROUTE_NAMES, type Answer, type ConnectionSettings, type ConnectionView, type SaveInput } from '../../contract';
import { ok, parseInput, problem, type Step } from '../../flow';
import { checkOrigin, checkRouteTemplate } from '../../shorterloop';
import { readKey, writeKey, writeSettings } from '../../store';
import type { AdminRequest } from '../request';
import { viewOf } from './view';

/** Visible ASCII without blanks: what may stand in a header next to nothing else. */
const token = (maximum: number) => z.string().trim().regex(/^[\x21-\x7e]+$/).max(maximum);

const saveSchema: z.ZodType<SaveInput> = z.object({
  settings: z.object({
    apiOrigin: z.string().trim(),
    initiativeId: z.int().positive(),
    authScheme: token(40),
    moveDialect: z.enum(DIALECTS),
    removeDialect: z.enum(DIALECTS),
    readPlan: z.enum(READ_PLANS),
    canAdd: z.boolean(),
    routes: z.object({
      listSegments: z.string().trim().exactOptional(),
      segmentWithMembers: z.string().trim().exactOptional(),
      segmentsWithMembers: z.string().trim().exactOptional(),
    }),
  }),
  key: token(4_096).nullable(),
});

/**
 * Stores the connection. Everything is checked before anything is written; the key is written first,
 * so that settings never stand for a key that could not be kept.
 */
export async function save({ adminAccountId }: AdminRequest, payload: unknown): Promise<Answer<ConnectionView>> {
  const input = parseInput(saveSchema, payload);
  if (input.kind === 'problem') return input;
  const { settings, key } = input.value;
  const checked = checkConnection(settings);
  if (checked.kind === 'problem') return checked;
  const savedAtMs = Date.now();
  if (key !== null) await writeKey(key, savedAtMs);
  const stored = { connection: settings, savedAtMs, savedByAccountId: adminAccountId };
  await writeSettings(stored);
  return ok(viewOf({ settings: stored, key: key ?? (await readKey()) }));
}

function checkConnection(settings: ConnectionSettings): Step<true> {
  const origin = checkOrigin(settings.apiOrigin);
  if (origin !== null) return problem({ code: 'invalidInput', field: 'settings.apiOrigin', reason: origin });
  for (const name of ROUTE_NAMES) {
    const template = settings.routes[name];
    const reason = template === undefined ? null : checkRouteTemplate(name, template);
    if (reason !== null) return problem({ code: 'invalidInput', field: `settings.routes.${name}`, reason });
  }
  return ok(true);
}
