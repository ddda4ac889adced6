import type { Interceptor } from '../../sandbox/forge/platform';

/** A person as another server keeps them. */
export type OtherPerson = { readonly id: number; readonly email: string | null; readonly name: string };
/** A segment as another server keeps it. */
export type OtherSegment = { readonly id: number; readonly name: string; readonly people: readonly OtherPerson[] };

/** A request as it arrives. */
export type Arrived = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
};
/** An answer: JSON unless it is given as a text. */
export type Answered = {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** How a server of this kind differs from the one that the app assumes. */
export type OtherServer = {
  readonly segments?: readonly OtherSegment[];
  /** Whether the request shows the key as this server wants it. */
  readonly accepts?: (headers: Readonly<Record<string, string>>) => boolean;
  /** The answer to a key that is not shown so. */
  readonly refusal?: Answered;
  /** Paths; null where there is no such read. */
  readonly listPath?: string;
  readonly allPath?: string | null;
  readonly onePath?: string | null;
  /** Makes the record of a segment, without its members in the list. */
  readonly record?: (segment: OtherSegment, withMembers: boolean) => unknown;
  /** Makes the answer of what it is about. */
  readonly envelope?: (value: unknown, what: 'list' | 'all' | 'one', arrived: Arrived) => Answered;
  /** Answers instead of the server; undefined where it does not. */
  readonly before?: (arrived: Arrived) => Answered | undefined;
};

/** The key of every such server. */
export const OTHER_KEY = 'sl_other';

const person = (id: number, name: string): OtherPerson => ({ id, name, email: `${name.toLowerCase()}@acme.com` });
const [ann, bob, cid, dee] = [person(7, 'Ann'), person(8, 'Bob'), person(9, 'Cid'), person(11, 'Dee')];

/** Four segments; one has nobody in it, and most people are in two. */
export const OTHER_SEGMENTS: readonly OtherSegment[] = [
  { id: 19, name: 'Early adopters', people: [ann, bob] },
  { id: 20, name: 'Enterprise', people: [ann, cid, dee] },
  { id: 21, name: 'Trial', people: [bob, cid, dee] },
  { id: 22, name: 'Nobody', people: [] },
];

/** So many people, each with their own id from the first one on. */
export function manyPeople(count: number, first = 1_000): OtherPerson[] {
  return Array.from({ length: count }, (_one, index) => person(first + index, `P${String(first + index)}`));
}

/** A segment as the app assumes it. */
function usualRecord({ id, name, people }: OtherSegment, withMembers: boolean): object {
  return withMembers ? { id, name, users: people } : { id, name };
}

/** Answers reads as a server would that shares nothing with the simulator. */
export function answerOf(server: OtherServer): (arrived: Arrived) => Answered {
  const {
    segments = OTHER_SEGMENTS,
    accepts = (headers) => headers['authorization'] === `Bearer ${OTHER_KEY}`,
    refusal = { status: 401, json: { message: 'Unauthorized' } },
    listPath = '/api/v2/segments',
    allPath = '/api/v2/segments/segment-users',
    onePath = '/api/v2/segments/{id}/segment-users',
    record = usualRecord,
    envelope = (data) => ({ json: { success: true, data } }),
    before = () => undefined,
  } = server;
  return (arrived) => {
    const instead = before(arrived);
    if (instead !== undefined) return instead;
    if (!accepts(arrived.headers)) return refusal;
    const nothing = { status: 404, json: { message: 'No such route' } };
    if (arrived.method !== 'GET') return nothing;
    if (arrived.path === listPath)
      return envelope(
        segments.map((one) => record(one, false)),
        'list',
        arrived,
      );
    if (arrived.path === allPath)
      return envelope(
        segments.map((one) => record(one, true)),
        'all',
        arrived,
      );
    const pattern = onePath === null ? null : new RegExp(`^${onePath.replace('{id}', String.raw`(\d+)`)}$`);
    const id = Number(pattern?.exec(arrived.path)?.[1]);
    const found = segments.find((one) => one.id === id);
    return found === undefined ? nothing : envelope(record(found, true), 'one', arrived);
  };
}

/** The page of a list that a query asks for. */
export function pageOf<T>(list: readonly T[], size: number, page: number): T[] {
  return list.slice(page * size, (page + 1) * size);
}

/** Puts such a server in the place of Shorter Loop; answers what was asked of it. */
export function intercepted(server: OtherServer): { readonly interceptor: Interceptor; readonly asked: string[] } {
  const answer = answerOf(server);
  const asked: string[] = [];
  const interceptor: Interceptor = (call, _proceed, { method, headers }) => {
    if (call.kind !== 'egress') return undefined;
    const url = new URL(call.path);
    if (!url.hostname.endsWith('.shorterloop.com')) return undefined;
    asked.push(`${method} ${url.pathname}${url.search}`);
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const answered = answer({ method, path: url.pathname, query: url.searchParams, headers: lower });
    const { status = 200, json, text } = answered;
    const type = text === undefined ? 'application/json' : 'text/html; charset=utf-8';
    return Promise.resolve({
      status,
      headers: { 'content-type': type, ...answered.headers },
      body: text ?? (json === undefined ? '' : JSON.stringify(json)),
    });
  };
  return { interceptor, asked };
}
