import { DIALECTS, type Dialect, type FoundDialects } from '../../contract';
import { ROUTES } from './routes';
import { requireId } from './ids';
import type { ShorterLoopResult } from './types';

/** The paths that are asked about, as the check tells them. */
export const PROBED_ROUTES: readonly string[] = [ROUTES.move, ROUTES.remove].flatMap((act) =>
  DIALECTS.map((dialect) => act[dialect].template.replace('{to}', '{from}')),
);

/** What a path answered to a question without a body: its status, and the verbs that it says it allows. */
export type Probe = { readonly status: number; readonly allowed: readonly string[] };

/** Asks a path with a verb that writes nothing. */
export type ProbeRoute = (method: 'GET' | 'OPTIONS', path: string) => Promise<ShorterLoopResult<Probe>>;

/**
 * Finds the spellings that a site answers to. Only GET and OPTIONS are sent, and the source is the
 * target too, so that not even a server that took the question for a move could move anyone. A site
 * that answers alike for both leaves it open.
 */
export async function findDialects(ask: ProbeRoute, segmentId: number): Promise<ShorterLoopResult<FoundDialects>> {
  const id = String(requireId('segmentId', segmentId));
  const found = { move: [] as Dialect[], remove: [] as Dialect[] };
  for (const act of ['move', 'remove'] as const) {
    for (const dialect of DIALECTS) {
      const { method, template } = ROUTES[act][dialect];
      const takes = await takesVerb(ask, method, template.replace('{from}', id).replace('{to}', id));
      if (takes.kind === 'problem') return takes;
      if (takes.value) found[act].push(dialect);
    }
  }
  return { kind: 'ok', value: { move: onlyOne(found.move), remove: onlyOne(found.remove) } };
}

/**
 * Whether a path shows that it exists for a verb: it names the verb, or refuses GET as the wrong one without naming
 * any.
 */
async function takesVerb(ask: ProbeRoute, verb: string, path: string): Promise<ShorterLoopResult<boolean>> {
  const got = await ask('GET', path);
  if (got.kind === 'problem') return got;
  if (got.value.allowed.length > 0) return { kind: 'ok', value: got.value.allowed.includes(verb) };
  if (got.value.status === 405) return { kind: 'ok', value: true };
  const options = await ask('OPTIONS', path);
  return options.kind === 'problem' ? options : { kind: 'ok', value: options.value.allowed.includes(verb) };
}

function onlyOne(found: readonly Dialect[]): Dialect | null {
  const [first] = found;
  return found.length === 1 && first !== undefined ? first : null;
}
