import type { Interceptor } from '../../sandbox/forge/platform';

/** A write as a server understands it. */
export type ServerWrite = {
  readonly kind: 'move' | 'remove' | 'add';
  readonly from: number | null;
  readonly to: number | null;
  readonly users: readonly number[];
};
/** Who is in which segment, by their ids. */
export type Memberships = Map<number, Set<number>>;

type ServerRoute = { readonly kind: ServerWrite['kind']; readonly verb: string; readonly path: RegExp };

/** The documentation's main forms, and the assumed one of adding. */
const ROUTES: readonly ServerRoute[] = [
  { kind: 'move', verb: 'PUT', path: /^\/api\/v2\/segments\/(?<from>\d+)\/segment-users\/(?<to>\d+)$/ },
  { kind: 'remove', verb: 'POST', path: /^\/api\/v2\/segments\/(?<from>\d+)\/manage-users$/ },
  { kind: 'add', verb: 'POST', path: /^\/api\/v2\/segments\/(?<to>\d+)\/segment-users$/ },
];

/** How a server differs from an honest one. */
export type OtherServer = {
  readonly segments: Readonly<Record<number, readonly number[]>>;
  readonly routes?: readonly ServerRoute[];
  /** What a write does; honest unless given. */
  readonly apply?: (write: ServerWrite, memberships: Memberships) => void;
  readonly answer?: (write: ServerWrite) => { readonly status: number; readonly body: unknown };
  /** How a member is shown: the record that stands for a person in a segment. */
  readonly show?: (person: number, segmentId: number) => object;
  /** How it takes ids: anything else is refused. */
  readonly takes?: 'number' | 'string';
};

/** Does what a write says, for exactly those whom it names. */
export function applyHonestly({ from, to, users }: ServerWrite, memberships: Memberships): void {
  for (const user of users) {
    if (from !== null && memberships.get(from)?.delete(user) !== true) continue;
    if (to !== null) memberships.get(to)?.add(user);
  }
}

/**
 * A small server of its own, which shares nothing with the simulator: who is where, and what a write does to it. While
 * `isShown` is false, reads are answered as before the writes since then.
 */
export function createOtherServer({
  segments,
  routes = ROUTES,
  apply = applyHonestly,
  answer = ({ users }) => ({ status: 200, body: { success: true, data: { count: users.length } } }),
  takes = 'number',
  show = (id) => ({ id, email: `p${String(id)}@example.com`, name: `Person ${String(id)}` }),
}: OtherServer) {
  const memberships: Memberships = new Map(Object.entries(segments).map(([id, who]) => [Number(id), new Set(who)]));
  let shown: Memberships | null = null;
  const requests: string[] = [];
  const copy = (): Memberships => new Map([...memberships].map(([id, who]) => [id, new Set(who)]));
  const recordOf = ([id, who]: [number, Set<number>], withMembers: boolean) => ({
    id,
    name: `Segment ${String(id)}`,
    ...(withMembers ? { users: [...who].map((person) => show(person, id)) } : {}),
  });

  function read(pathname: string): unknown {
    const now = shown ?? memberships;
    if (pathname === '/api/v2/segments') return { success: true, data: [...now].map((one) => recordOf(one, false)) };
    if (pathname === '/api/v2/segments/segment-users')
      return { success: true, data: [...now].map((one) => recordOf(one, true)) };
    const id = Number(/^\/api\/v2\/segments\/(\d+)\/segment-users$/.exec(pathname)?.[1]);
    const who = now.get(id);
    return who === undefined ? null : { success: true, data: recordOf([id, who], true) };
  }

  function write(verb: string, pathname: string, body: string | null): { status: number; body: unknown } {
    const matching = routes.filter(({ path }) => path.test(pathname));
    const route = matching.find((one) => one.verb === verb);
    if (route === undefined) return { status: matching.length === 0 ? 404 : 405, body: { success: false } };
    const groups = route.path.exec(pathname)?.groups ?? {};
    const segmentOf = (name: string) => (groups[name] === undefined ? null : Number(groups[name]));
    const { users } = JSON.parse(body ?? '{}') as { users: (number | string)[] };
    if (users.some((user) => typeof user !== takes)) return { status: 422, body: { success: false } };
    const made = { kind: route.kind, from: segmentOf('from'), to: segmentOf('to'), users: users.map(Number) };
    apply(made, memberships);
    return answer(made);
  }

  const intercept: Interceptor = (call, _proceed, { method, body }) => {
    if (call.kind !== 'egress') return undefined;
    const { hostname, pathname } = new URL(call.path);
    if (!hostname.endsWith('.shorterloop.com')) return undefined;
    requests.push(`${method} ${pathname}`);
    const found = method === 'GET' ? read(pathname) : null;
    const answered =
      method === 'GET' ? { status: found === null ? 404 : 200, body: found } : write(method, pathname, body);
    const headers = { 'content-type': 'application/json' };
    return Promise.resolve({ status: answered.status, headers, body: JSON.stringify(answered.body ?? {}) });
  };

  return {
    intercept,
    /** Every request so far, as in `PUT /api/v2/segments/1/segment-users/2`. */
    requests: () => [...requests],
    writes: () => requests.filter((request) => !request.startsWith('GET')),
    membersOf: (segmentId: number) => [...(memberships.get(segmentId) ?? [])].sort((one, other) => one - other),
    /** From now on reads show what is now, whatever is written. */
    freeze: () => {
      shown = copy();
    },
    /** Reads show what was written. */
    catchUp: () => {
      shown = null;
    },
    change: (change: (now: Memberships) => void) => {
      change(memberships);
    },
  };
}
