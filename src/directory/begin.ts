import { connect, createFetchPace, ok, problem, shorterLoopProblem, type Connected, type FetchPace, type Step } from '../flow';
import { ensureEmailKeyOf, isOf, readDirectory, readKey, readPace, readSettings, writeDirectory, type EmailKeyOf, type Refresh } from '../store';
import { reserveTurn } from './reserve';

/** How long one reading may take: a segment of 100,000 members is some 20 MB. Milliseconds. */
const READ_LIMIT_MS = 60_000;

/** What a refresh works with. */
export type Tools = { readonly connected: Connected; readonly emailKeyOf: EmailKeyOf; readonly fetches: FetchPace };

/** Connects for a slice of work, or says what is missing. Throws ForgeKvsError when storage fails. */
export async function prepare(): Promise<Step<Tools>> {
  const [settings, key, pace] = await Promise.all([readSettings(), readKey(), readPace()]);
  const connected = connect(settings, key, pace, { readLimitMs: READ_LIMIT_MS });
  if (connected.kind === 'problem') return connected;
  return ok({ connected: connected.value, emailKeyOf: await ensureEmailKeyOf(), fetches: createFetchPace() });
}

/**
 * Begins a refresh: lists the segments. From now on writes are noted in the directory, also before it is
 * complete for the first time. Throws ForgeKvsError when storage fails.
 */
export async function begin(tools: Tools, endMs: number): Promise<Step<Refresh>> {
  const { client, settings } = tools.connected;
  const turn = await reserveTurn(tools, endMs);
  if (turn.kind === 'problem') return turn;
  const startedAtMs = Date.now();
  const list = await client.listSegments();
  if (list.kind === 'failed') return problem(shorterLoopProblem(list.error));
  const source = { apiOrigin: settings.apiOrigin, initiativeId: settings.initiativeId };
  const head = await readDirectory();
  // What is told of another Shorter Loop is no longer shown from here on.
  if (head === null || !isOf(head, source)) await writeDirectory({ source, complete: null });
  const segments = list.value.map(({ id, name }) => ({ id, name, members: null, readAtMs: null }));
  return ok({ source, startedAtMs, phase: 'gathering', segments, leaving: [], changed: 0 });
}
