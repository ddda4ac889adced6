import type { Interceptor } from '../../../sandbox/forge/platform';
import { jsonAnswer } from '../../../sandbox/forge/wire';
import type { Leavers } from '../seedRun';

/** Of each request to Shorter Loop, in milliseconds of virtual time. */
const LATENCY_MS = 300;
/** How many members each segment has: well within what one answer may hold. */
const SEGMENT = 5_000;

/** So many members in segments of 5,000, each in one. */
export function crowdOf(members: number): Leavers[] {
  return Array.from({ length: Math.ceil(members / SEGMENT) }, (_none, place) => ({
    from: 11 + place * 4,
    to: null,
    users: Array.from(
      { length: Math.min(SEGMENT, members - place * SEGMENT) },
      (_member, nth) => 100_001 + place * SEGMENT + nth,
    ),
  }));
}

/** A Shorter Loop of ids alone, which removes members and tells who is left. `removals` holds each removal that did something. */
export function answerFor(groups: readonly Leavers[]): {
  readonly answer: Interceptor;
  readonly removals: number[];
  readonly left: () => number;
} {
  const segments = new Map(groups.map(({ from, users }) => [from, new Set(users)]));
  const removals: number[] = [];
  const answer: Interceptor = async ({ kind, path }, _proceed, { method, body }) => {
    if (kind !== 'egress') return undefined;
    await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
    const id = Number(/^\/api\/v2\/segments\/(\d+)\/segment-users$/.exec(new URL(path).pathname)?.[1]);
    const members = segments.get(id);
    if (members === undefined) return jsonAnswer(404, { success: false });
    if (method === 'GET')
      return jsonAnswer(200, {
        success: true,
        data: { id, name: `Segment ${String(id)}`, users: [...members].map((userId) => ({ id: userId })) },
      });
    const users = usersOf(body);
    const removed = users.filter((userId) => members.delete(userId));
    if (removed.length > 0) removals.push(removed.length);
    return jsonAnswer(200, { success: true, data: { count: removed.length } });
  };
  return { answer, removals, left: () => [...segments.values()].reduce((sum, members) => sum + members.size, 0) };
}

function usersOf(body: string | null): number[] {
  const parsed: unknown = JSON.parse(body ?? '{}');
  return typeof parsed === 'object' && parsed !== null && 'users' in parsed && Array.isArray(parsed.users)
    ? parsed.users.map(Number)
    : [];
}
