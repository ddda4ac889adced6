import { randomUUID } from 'node:crypto';
import type { BulkAct, RunGroup, Segment } from '../../src/contract';
import { storable } from '../../src/adapters/store/row';
import { newRun } from '../../src/domain/runs';
import type { Kvs } from '../../sandbox/forge/kvs';

/** Members who leave one segment for another, or for none. */
export type Leavers = { readonly from: number; readonly to: number | null; readonly users: readonly number[] };

/** Puts a run that was read and started straight in storage: these leave the same target or none. Answers its id. */
export function seedRun(kvs: Kvs, groups: readonly Leavers[]): string {
  const runId = randomUUID();
  const store = (entityName: string, key: string, value: object): void => {
    const { status, body } = kvs.handle('/api/v1/entity/set', { entityName, key, value });
    if (status !== 200) throw new Error(`A row of the benchmark was refused: ${JSON.stringify(body)}`);
  };
  for (const [index, { users }] of groups.entries()) {
    for (const [place, memberId] of users.entries()) {
      const accountId = `account-${String(memberId)}`;
      store('run-person', `${runId}:${accountId}`, {
        runId,
        accountId,
        groupNumber: index + 1,
        place: place + 1,
        memberId,
        verdict: 'willWrite',
        issueId: String(memberId),
        issueKey: `ACME-${String(memberId)}`,
        projectId: '10000',
      });
    }
  }
  const nowMs = Date.now();
  const sources = groups.map(({ from }) => segment(from));
  const to = groups[0]?.to ?? null;
  const act: BulkAct =
    to === null ? { kind: 'remove', from: sources, to } : { kind: 'move', from: null, to: segment(to) };
  const fresh = newRun(
    { runId, source: { kind: 'accounts' }, queryName: null, act, createdByAccountId: 'nobody' },
    nowMs,
  );
  const { runId: _key, state: _reading, createdAtMs, createdByAccountId, startedByAccountId: _nobody, ...rest } = fresh;
  const body = {
    ...rest,
    startedAtMs: nowMs,
    verdicts: { ...fresh.verdicts, willWrite: groups.reduce((sum, { users }) => sum + users.length, 0) },
    groups: groups.map(({ from, users }): RunGroup => {
      const counts = { count: users.length, done: 0 };
      return to === null
        ? { kind: 'remove', from: segment(from), to, ...counts }
        : { kind: 'move', from: segment(from), to: segment(to), ...counts };
    }),
  };
  // As the app stores it: storage takes no null, at whatever depth.
  store(
    'run',
    runId,
    storable({
      version: 1,
      state: 'running',
      createdAtMs,
      createdByAccountId,
      startedByAccountId: createdByAccountId,
      revision: randomUUID(),
      body,
    }),
  );
  return runId;
}

function segment(id: number): Segment {
  return { id, name: `Segment ${String(id)}` };
}
