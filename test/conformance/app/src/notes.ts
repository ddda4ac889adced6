import { kvs, WhereConditions } from '@forge/kvs';
import { NotSeen } from './answer';

/** Keeps what an entry point was given until the web trigger asks for it. The last of a name counts. */
export async function note(name: string, value: unknown): Promise<void> {
  await kvs.set(`note:${name}`, { value });
}

/** What was noted under a name. Throws {@link NotSeen} when nothing was. */
export async function noted(name: string): Promise<unknown> {
  const found = await kvs.get<{ value?: unknown }>(`note:${name}`);
  if (found === undefined) throw new NotSeen();
  return found.value;
}

/** One delivery of an event, as its consumer noted it. */
export type Delivery = {
  readonly atMs: number;
  readonly eventId: string;
  readonly place: number;
  readonly eventKeys: readonly string[];
  readonly remainingSeconds: number;
  readonly retryContext: {
    readonly keys: readonly string[];
    readonly retryCount: number;
    readonly retryReason: string;
    readonly retryData: unknown;
  } | null;
};

/** Keeps one delivery of an event of that name. */
export async function noteDelivery(name: string, delivery: Delivery): Promise<void> {
  await kvs.set(`delivery:${name}:${Math.random().toString(36).slice(2)}`, delivery);
}

/** The deliveries of events of that name, in the order of their arrival. Throws {@link NotSeen} while there are fewer than `atLeast`. */
export async function deliveriesOf(name: string, atLeast: number): Promise<Delivery[]> {
  const { results } = await kvs
    .query()
    .where('key', WhereConditions.beginsWith(`delivery:${name}:`))
    .limit(100)
    .getMany<Delivery>();
  if (results.length < atLeast) throw new NotSeen();
  return results.map(({ value }) => value).sort((a, b) => a.atMs - b.atMs || a.place - b.place);
}
