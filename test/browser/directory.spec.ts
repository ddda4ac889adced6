import { z } from 'zod';
import type { Sandbox } from '../../sandbox/sandbox';
import { expectAccessible } from './accessible';
import { expect, holdCalls, openAdmin, openPanel, takePicture, test, visitAs, truthOf } from './site';

test.use({ sandboxOptions: { members: 300, segments: 6 } });

const headSchema = z.looseObject({ complete: z.looseObject({ asOfMs: z.number() }) });

/** Lets the directory be so much older than it is. */
function age({ host }: Sandbox, ms: number): void {
  const head = headSchema.parse(host.kvs.plain().find(({ key }) => key === 'directory')?.value);
  host.kvs.handle('/api/v1/set', {
    key: 'directory',
    value: { ...head, complete: { ...head.complete, asOfMs: Date.now() - ms } },
  });
}

test('an admin has the directory refreshed, and a panel shows its age until it has asked Shorter Loop', async ({
  site,
  page,
  context,
}) => {
  const simulator = truthOf(site);
  const issue = site.jira.issueFor('one');
  await visitAs(context, site);
  await openPanel(page, site, issue.key);

  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site, 'people');
  const section = admin.getByRole('region', { name: 'Directory' });
  await section.getByRole('button', { name: 'Refresh now' }).click();
  await expect(section.getByText(/memberships in 6 segments, as of/)).toBeVisible();
  await section.scrollIntoViewIfNeeded();
  await takePicture(section, 'directory-admin');

  const memberId = site.jira.memberFor('one')?.id ?? 0;
  const [before] = simulator.segments.filter(({ id }) => simulator.truth.membershipsOf(memberId).includes(id));
  age(site, 12 * 60_000);
  simulator.faults.add({ match: { nth: 1 }, fault: { kind: 'memberGone', id: memberId } });
  await visitAs(context, site);
  const letGo = await holdCalls(page, 'panel.readThrough');
  const panel = await openPanel(page, site, issue.key);
  await expect(panel.getByRole('status').filter({ hasText: 'As of 12 min. ago.' })).toContainText(
    'Checking in Shorter Loop…',
  );
  await expect(panel.getByText(before?.name ?? '', { exact: true }).first()).toBeVisible();
  await takePicture(page, 'directory-panel-aged');
  await expectAccessible(page);
  await letGo();
  await expect(panel.getByText('is in no segment')).toBeVisible();
  await expect(panel.getByText('As of')).toHaveCount(0);

  simulator.faults.clear();
  simulator.faults.add({ fault: { kind: 'status', code: 403 } });
  age(site, 25 * 3_600_000);
  for (const { key, value } of site.host.kvs.entity('member')) {
    if (key === String(memberId))
      site.host.kvs.handle('/api/v1/entity/set', {
        entityName: 'member',
        key,
        value: { segmentIds: z.looseObject({ segmentIds: z.array(z.number()) }).parse(value).segmentIds },
      });
  }
  const old = await openPanel(page, site, issue.key);
  await expect(old.getByText('These segments may be out of date')).toBeVisible();
  await expect(old.getByRole('button', { name: 'Check now' })).toBeVisible();
  await takePicture(page, 'directory-panel-stale');
});
