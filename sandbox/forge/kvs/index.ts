import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from '../clock';
import type { EntityDeclaration } from '../manifest';
import { READINGS, type Readings } from '../rules/readings';
import { answerKvs, type KvsAnswer } from './api';
import type { Store } from './operations';
import { createRows, type KvsSnapshot } from './rows';

export type { KvsAnswer } from './api';
export { LIMITS } from './limits';

/** A value with its key, as tests and scripts read it. */
type StoredValue = { readonly key: string; readonly value: unknown };

/** Forge's key-value store in memory. */
export type Kvs = {
  /** Answers one POST of @forge/kvs by path and parsed body. */
  readonly handle: (path: string, body: unknown) => KvsAnswer;
  /** Every plain key. */
  readonly plain: () => StoredValue[];
  /** Every row of an entity; throws for one that the manifest does not declare. */
  readonly entity: (name: string) => StoredValue[];
  readonly secretNames: () => string[];
  /** A secret's value, for tests that ask for it by name; undefined when there is none. */
  readonly secret: (name: string) => unknown;
  readonly snapshot: () => KvsSnapshot;
  /** Replaces everything by a snapshot; throws when it is none. PageHeaders end. */
  readonly restore: (snapshot: unknown) => void;
  /** Empties the store. PageHeaders end. */
  readonly reset: () => void;
  /** How long an expired value can still be read; Forge says up to 48 hours. */
  readonly setTtlLagMs: (lagMs: number) => void;
  /**
   * How far entity queries are behind: they show the rows as they were so long ago, while reads by key
   * see every change at once. Holds for changes from now on, and over a reset.
   */
  readonly setQueryLagMs: (lagMs: number) => void;
  /** Which side it plays from now on of what nobody knows. */
  readonly setReadings: (readings: Partial<Readings>) => void;
  /** Called after every request that may have changed something. */
  readonly onChange: (listener: () => void) => void;
};

/** Makes an empty store that knows the declared entities. Its lags start at 0 unless given. */
export function createKvs(options: {
  readonly entities: readonly EntityDeclaration[];
  readonly clock?: Clock;
  readonly ttlLagMs?: number;
  readonly queryLagMs?: number;
  readonly readings?: Readings;
}): Kvs {
  const { entities, clock = systemClock } = options;
  let ttlLagMs = options.ttlLagMs ?? 0;
  let queryLagMs = options.queryLagMs ?? 0;
  let readings = options.readings ?? READINGS.a;
  let epoch: string = randomUUID();
  const listeners: (() => void)[] = [];
  const changed = (): void => listeners.forEach((listener) => listener());
  const rows = createRows(clock, { ttlLagMs: () => ttlLagMs, queryLagMs: () => queryLagMs });
  const store: Store = { rows, entities, clock, epoch: () => epoch, readings: () => readings };
  const valuesOf = (space: Parameters<typeof rows.list>[0]): StoredValue[] =>
    rows.list(space).map(({ key, value }) => ({ key, value: structuredClone(value) }));
  return {
    handle: (path, body) => {
      const answer = answerKvs(store, path, body);
      if (answer.status < 300 && !/\/(get|query)$/.test(path)) changed();
      return answer;
    },
    plain: () => valuesOf({ kind: 'plain' }),
    entity: (name) => {
      if (!entities.some((entity) => entity.name === name))
        throw new Error(`Entity ${name} is not declared in manifest.yml`);
      return valuesOf({ kind: 'entity', name });
    },
    secretNames: () => rows.list({ kind: 'secret' }).map(({ key }) => key),
    secret: (name) => structuredClone(rows.read({ kind: 'secret' }, name)?.value),
    snapshot: rows.snapshot,
    restore: (snapshot) => {
      rows.restore(snapshot);
      epoch = randomUUID();
    },
    reset: () => {
      rows.clear();
      epoch = randomUUID();
      changed();
    },
    setTtlLagMs: (lagMs) => {
      ttlLagMs = lagMs;
    },
    setQueryLagMs: (lagMs) => {
      queryLagMs = lagMs;
    },
    setReadings: (changed) => {
      readings = { ...readings, ...changed };
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
