import { countBy, openBulkLab, type BulkLab } from '../support/bulkLab';

let lab: BulkLab;
beforeEach(async () => {
  lab = await openBulkLab(40);
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => lab.stop());

const toTarget = () => ({ kind: 'move', from: null, to: lab.site.simulator.segments[0]?.id ?? 0 }) as const;
const linkedByEmail = (): string[] =>
  lab.site.platform.kvs
    .entity('link')
    .filter(({ value }) => (value as { state: string; how: string }).how === 'email')
    .map(({ key }) => key);

it('a preview links everybody whom it found to be certain, and nobody else', async () => {
  const { runId } = await lab.preview(toTarget());
  const people = await lab.report(runId);
  const byEmail = people.filter(({ memberId, accountId }) => memberId !== null && linkedByEmail().includes(accountId));
  const crowd = new Set(lab.site.jira.crowd.map(({ accountId }) => accountId));
  expect(byEmail.filter(({ accountId }) => crowd.has(accountId))).toHaveLength(crowd.size);
  expect(countBy(people, ({ verdict }) => verdict).unlinked).toBeGreaterThan(0);
  const unlinked = people.filter(({ verdict }) => verdict === 'unlinked').map(({ accountId }) => accountId);
  expect(linkedByEmail().filter((accountId) => unlinked.includes(accountId))).toEqual([]);
  expect(lab.site.simulator.truth.writes()).toEqual([]);
});

it('with automatic linking off a preview finds the same people, and links none', async () => {
  const value = { version: 1, customers: { kind: 'none' }, isAutomatic: false };
  lab.site.platform.kvs.handle('/api/v1/set', { key: 'identity', value });
  const { runId } = await lab.preview(toTarget());
  const people = await lab.report(runId);
  expect(people.filter(({ memberId }) => memberId !== null).length).toBeGreaterThanOrEqual(40);
  expect(linkedByEmail()).toEqual([]);
});
