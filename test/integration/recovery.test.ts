import { randomUUID } from 'node:crypto';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { writeRows } from '../support/ledgerRows';
import { killAtCall } from '../support/platformFaults';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ members: 60, segments: 6 });
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

/** As if the lease were over and any reading settled the write, but not so long ago that its row would be deleted. */
function letTimePass(): void {
  const age = (entityName: string, changes: object): void => {
    for (const { key, value } of sandbox.host.kvs.entity(entityName)) {
      const aged = { ...(value as object), ...changes };
      sandbox.host.kvs.handle('/api/v1/entity/set', { entityName, key, value: aged });
    }
  };
  age('lease', { untilMs: 1 });
  age('ledger', { intendedAtMs: Date.now() - 3_600_000 });
}

const ledger = (): { state: string; members: { outcome: string }[]; recoveredAtMs?: number }[] =>
  writeRows(sandbox.host.kvs).map(({ value }) => value as never);

const isOpen = (): boolean =>
  sandbox.host.kvs.entity('lease').length > 0 || ledger().some(({ state }) => state !== 'finished');

// A move makes sixteen calls; the process of the function really dies at each of them.
test.each(
  Array.from({ length: 16 }, (_, index) => index + 1).flatMap((nth) => [
    [nth, 'before'] as const,
    [nth, 'afterApplying'] as const,
  ]),
)('a function whose process is killed at call %i, %s, leaves nobody lost and nothing untold', async (nth, effect) => {
  const { jira, host, simulator } = sandbox;
  if (simulator === null) throw new Error('This test needs the embedded Shorter Loop');
  const extension = { issue: { id: jira.issueFor('one').id } };
  const ask = (functionKey: string, payload: unknown): Promise<unknown> =>
    host.invoke({ moduleKey: 'segments-panel', functionKey, payload, accountId: jira.defaultAccountId, extension });
  await ask('panel.open', {});
  const memberId = jira.memberFor('one')?.id ?? 0;
  const [from = 0] = simulator.truth.membershipsOf(memberId);
  const to = simulator.segments.find(({ id }) => id !== from)?.id ?? 0;
  const remove = host.platform.intercept(killAtCall(host, nth, effect, 'panel-resolver'));
  await expect(
    ask('panel.move', { operationId: randomUUID(), memberId, fromSegmentId: from, toSegmentId: to }),
  ).rejects.toMatchObject({ errorType: 'FUNCTION_CRASH' });
  remove();
  // A run of the recovery that a slow machine ends in the middle is made good by the next one.
  for (let ticks = 0; ticks < 3 && (ticks === 0 || isOpen()); ticks += 1) {
    letTimePass();
    await host.runScheduledTrigger('tick');
  }

  const moved = simulator.truth.writes().length === 1;
  expect(simulator.truth.membershipsOf(memberId)).toEqual([moved ? to : from]);
  expect(host.kvs.entity('lease')).toEqual([]);
  const rows = ledger();
  expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'finished'));
  // What the ledger says instead is told where this fails.
  const outcomes = rows.map(({ members }) => members[0]?.outcome);
  expect({ outcomes, isConfirmed: outcomes.includes('confirmed') }).toEqual({ outcomes, isConfirmed: moved });
});
