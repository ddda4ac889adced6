import { z } from 'zod';
import { readEmailKeyOf } from '../../src/adapters/store';
import type { Site } from './site';

/** Who is in which segment, by member id, ids ascending; only who is in some. */
export type Told = Readonly<Record<string, readonly number[]>>;

const rowSchema = z.object({ segmentIds: z.array(z.number()) });

/** What the directory's rows say. */
export function toldByRows({ platform }: Pick<Site, 'platform'>): Told {
  return Object.fromEntries(
    platform.kvs.entity('member').map(({ key, value }) => [key, rowSchema.parse(value).segmentIds]),
  );
}

/** What is so in Shorter Loop. */
export function truthOf({ simulator }: Pick<Site, 'simulator'>): Told {
  const members = simulator.truth.snapshot().members.filter(({ segmentIds }) => segmentIds.length > 0);
  return Object.fromEntries(members.map(({ id, segmentIds }) => [String(id), [...segmentIds].sort((a, b) => a - b)]));
}

/** The e-mail keys that rows should have: member id → key. */
export async function keysOf({ app, simulator }: Pick<Site, 'app' | 'simulator'>): Promise<Record<string, string>> {
  const keyOf = await app.runAs({}, readEmailKeyOf);
  if (keyOf === null) throw new Error('The directory has no secret yet');
  const inSome = simulator.truth.snapshot().members.filter(({ segmentIds }) => segmentIds.length > 0);
  return Object.fromEntries(inSome.map(({ id, email }) => [String(id), keyOf(email)]));
}

/** Ends the time of whoever works on the refresh, as if they had died long ago. */
export function letRefreshLapse({ platform }: Pick<Site, 'platform'>): void {
  for (const { key, value } of platform.kvs.entity('refresh')) {
    platform.kvs.handle('/api/v1/entity/set', {
      entityName: 'refresh',
      key,
      value: { ...z.looseObject({}).parse(value), untilMs: 0 },
    });
  }
}

/** Lets a refresh be due now. */
export function askNow({ platform }: Pick<Site, 'platform'>): void {
  platform.kvs.handle('/api/v1/set', { key: 'directory-asked', value: Date.now() + 1 });
}

/** A segment with as large an id and as long a name as may be, in characters of three bytes. */
export function longNamed(nth: number): { readonly id: number; readonly name: string } {
  return { id: 9_007_199_000_000_000 + nth, name: `${String(nth)} ${'\u533a'.repeat(255)}`.slice(0, 255) };
}

const answerSchema = z.looseObject({ data: z.array(z.looseObject({})) });

/** Lets Shorter Loop have many more segments with long names, without members. Returns what ends that. */
export function addSegments({ platform, simulator }: Pick<Site, 'platform' | 'simulator'>, count: number): () => void {
  const more = Array.from({ length: count }, (_none, nth) => ({ ...longNamed(nth), users: [] }));
  return platform.intercept(async (call, proceed, { method, headers, body }) => {
    const { pathname } = new URL(call.path, 'https://offline.invalid');
    if (call.kind !== 'egress' || !/\/segments(\/segment-users)?$/.test(pathname)) return undefined;
    const answer = await simulator.handle({ method, path: pathname, headers, body });
    if (answer.kind !== 'http' || answer.status !== 200) return proceed();
    const { data, ...rest } = answerSchema.parse(JSON.parse(answer.body));
    const text = JSON.stringify({ ...rest, data: [...data, ...more] });
    return { status: 200, headers: { ...answer.headers }, body: text };
  });
}
