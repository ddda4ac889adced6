import type { Sandbox } from '../../sandbox/sandbox';

/** Lets the JQL function answer in a sandbox, and reads the directory from which it does. */
export async function switchOnJql({ host, jira }: Pick<Sandbox, 'host' | 'jira'>): Promise<void> {
  await host.invoke({
    moduleKey: 'segments-admin',
    functionKey: 'admin.saveJql',
    payload: { isOn: true },
    accountId: jira.adminAccountId,
  });
  // The tick itself reads the directory; who the reporters are is read beside it, and takes minutes on a large site.
  await host.runScheduledTrigger('tick');
}
