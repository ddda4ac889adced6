import type { Interceptor } from '../../sandbox/forge/platform';
import { jsonAnswer, type PlatformAnswer } from '../../sandbox/forge/wire';
import type { Site } from './site';

/** A Shorter Loop that does something else than is documented, put between the app and the simulator. */
export type OddServer = (site: Pick<Site, 'simulator'>) => Interceptor;

/** What a write asks for, from its path and body. */
type AskedWrite = {
  readonly kind: 'move' | 'remove' | 'add';
  readonly from: number | null;
  readonly to: number | null;
  readonly users: readonly number[];
};

/** Accepts every write at once, and does it so much later: a queue, or reads that lag behind. */
export function showsLate(ms: number, status: 200 | 202 = 200): OddServer {
  return () => (call, proceed, init) => {
    const asked = call.kind === 'egress' ? writeOf(call.path, init.method, init.body) : null;
    if (asked === null) return undefined;
    setTimeout(() => void proceed().catch(() => undefined), ms);
    return jsonAnswer(status, status === 202 ? {} : { success: true, data: { count: asked.users.length } });
  };
}

/** Says no to every write, in an answer of success, and does it all the same so much later. */
export function refusesLate(ms: number): OddServer {
  return () => (call, proceed, init) => {
    if (call.kind !== 'egress' || writeOf(call.path, init.method, init.body) === null) return undefined;
    setTimeout(() => void proceed().catch(() => undefined), ms);
    return jsonAnswer(200, { success: false, message: 'Something went wrong' });
  };
}

/** Answers every read from a cache that is so old at most. */
export function caches(ms: number): OddServer {
  return () => {
    const kept = new Map<string, { readonly answer: Promise<PlatformAnswer>; readonly untilMs: number }>();
    return (call, proceed, { method }) => {
      if (call.kind !== 'egress' || method !== 'GET') return undefined;
      const known = kept.get(call.path);
      if (known !== undefined && known.untilMs > Date.now()) return known.answer;
      const answer = proceed();
      kept.set(call.path, { answer, untilMs: Date.now() + ms });
      return answer;
    };
  };
}

/** Leaves segments that nobody is in out of its answers about all of them. */
export const omitsEmpty: OddServer = () => async (call, proceed) => {
  if (call.kind !== 'egress' || !call.path.endsWith('/segments/segment-users')) return undefined;
  const answer = await proceed();
  const { data, ...rest } = JSON.parse(String(answer.body)) as {
    readonly data: readonly { readonly users: unknown[] }[];
  };
  return { ...answer, body: JSON.stringify({ ...rest, data: data.filter(({ users }) => users.length > 0) }) };
};

/** Breaks one segment's record in its answers about all of them, so that not even its id can be read. */
export function breaksRecord(segmentId: () => number): OddServer {
  return () => async (call, proceed) => {
    if (call.kind !== 'egress' || !call.path.endsWith('/segments/segment-users')) return undefined;
    const answer = await proceed();
    const { data, ...rest } = JSON.parse(String(answer.body)) as { readonly data: readonly { readonly id: number }[] };
    return {
      ...answer,
      body: JSON.stringify({ ...rest, data: data.map((one) => (one.id === segmentId() ? null : one)) }),
    };
  };
}

/** Takes whoever is moved or removed out of all their other segments as well. */
export const clearsOthers: OddServer = (site) =>
  afterWrites(async ({ users, from, to }) => {
    for (const memberId of users)
      for (const segmentId of site.simulator.truth.membershipsOf(memberId))
        if (segmentId !== from && segmentId !== to) await takeOut(site, segmentId, [memberId]);
  });

/** Takes the list of a removal for the whole list: the others leave as well. */
export const replaces: OddServer = (site) =>
  afterWrites(async ({ kind, from, users }) => {
    if (kind === 'remove' && from !== null) await takeOut(site, from, othersIn(site, from, users));
  });

/** Means somebody else than is asked for, as where ids of rows are taken for those of people. */
export function takesForAnother(another: (memberId: number) => number): OddServer {
  return () => async (call, proceed, init) => {
    const asked = call.kind === 'egress' ? writeOf(call.path, init.method, init.body) : null;
    return asked === null ? undefined : proceed(JSON.stringify({ users: asked.users.map(another) }));
  };
}

/** Moves everybody in the source, whoever is asked for. */
export const movesAll: OddServer = (site) =>
  afterWrites(async ({ kind, from, to, users }) => {
    if (kind !== 'move' || from === null || to === null) return;
    for (const memberId of othersIn(site, from, users)) await put(site, from, to, memberId);
  });

/** A server that does what another does, so much later than it says. */
export function late(odd: OddServer, ms: number): OddServer {
  return (site) => {
    const doing = odd(site);
    const showing = showsLate(ms)(site);
    return (call, proceed, init) =>
      showing(call, async () => (await doing(call, proceed, init)) ?? (await proceed()), init);
  };
}

/** Does something of its own at each write, once it was done and before it is answered. */
function afterWrites(work: (asked: AskedWrite) => Promise<void>): Interceptor {
  return async (call, proceed, init) => {
    const asked = call.kind === 'egress' ? writeOf(call.path, init.method, init.body) : null;
    if (asked === null) return undefined;
    const answer = await proceed();
    await work(asked);
    return answer;
  };
}

/** The ids of those in a segment who are none of these. */
export function othersIn(
  { simulator }: Pick<Site, 'simulator'>,
  segmentId: number,
  users: readonly number[],
): number[] {
  return (simulator.truth.membersOf(segmentId) ?? []).filter((id) => !users.includes(id));
}

/** Takes people out of a segment, as somebody in Shorter Loop may at any time. */
export async function takeOut(
  site: Pick<Site, 'simulator'>,
  segmentId: number,
  users: readonly number[],
): Promise<void> {
  if (users.length > 0) await send(site, `/api/v2/segments/${String(segmentId)}/segment-users`, users);
}

/** Moves somebody, as somebody in Shorter Loop may at any time. */
export async function put(site: Pick<Site, 'simulator'>, from: number, to: number, memberId: number): Promise<void> {
  await send(site, `/api/v2/segments/${String(from)}/segment-users/${String(to)}`, [memberId]);
}

async function send({ simulator }: Pick<Site, 'simulator'>, path: string, users: readonly number[]): Promise<void> {
  const answer = await simulator.handle({
    method: 'PUT',
    path,
    headers: {
      authorization: `Bearer ${simulator.key}`,
      initiativeid: String(simulator.initiativeId),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ users }),
  });
  if (answer.kind !== 'http' || answer.status !== 200) throw new Error(`${path} was not done`);
}

function writeOf(path: string, method: string, body: string | null): AskedWrite | null {
  const found = /\/segments\/(\d+)\/(?:segment-users|manage-users)(?:\/(\d+))?$/.exec(path);
  if (method === 'GET' || found === null) return null;
  const [source = '', target] = found.slice(1);
  const { users = [] } = JSON.parse(body ?? '{}') as { readonly users?: readonly number[] };
  if (target !== undefined) return { kind: 'move', from: Number(source), to: Number(target), users };
  return { kind: 'remove', from: Number(source), to: null, users };
}
