import { processQueuedChanges } from '../../src';
import { enqueue, type QueuedChange } from '../../src/adapters/store';
import { queuedChange } from './queuedChange';
import { linkedOf, valueOf, type Site } from './site';

/** What waits on a site, and the ways to have something wait and to carry it out; time is real. */
export async function queueLab(site: Site) {
  const view = valueOf(await site.panel('panel.open', {}));
  const { member } = linkedOf(view);
  const [from = 0] = member.segmentIds;
  const to = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
  const issue = site.jira.issueFor('one');
  const change = (overrides: Partial<QueuedChange> = {}): QueuedChange =>
    queuedChange({
      source: String(from),
      target: String(to),
      actorAccountId: site.jira.defaultAccountId,
      reporterAccountId: view.reporter?.accountId ?? '',
      issueId: issue.id,
      issueKey: issue.key,
      notBeforeMs: 0,
      ...overrides,
    });
  const hold = (one: QueuedChange) => site.app.runAs({ moduleKey: 'queued-changes' }, () => enqueue(one));
  const run = () => site.app.runFunction(processQueuedChanges, { moduleKey: 'queued-changes', body: {} });
  const rows = () =>
    site.platform.kvs.entity('queued-change').map(({ key, value }) => {
      const { state, failure } = value as Pick<QueuedChange, 'state' | 'failure'>;
      return { requestId: key, state, failure };
    });
  const memberships = (): number[] => site.simulator.truth.membershipsOf(member.id);
  /** Switches the app off in the issue's project, as an admin would who names others. */
  const switchOff = (): void =>
    void site.platform.kvs.handle('/api/v1/set', {
      key: 'projects',
      value: { version: 1, scope: { kind: 'only', projects: [{ id: '99999', key: 'ELSE', name: 'Elsewhere' }] } },
    });
  return { member, from, to, change, hold, run, rows, memberships, switchOff };
}
