import type { Page } from '@playwright/test';
import { tracesOf, type Haystack } from '../support/traces';
import { castOf, expect, move, openAdmin, openPanel, test, truthOf, visitAs, flagsOf } from './site';

/** Everything that a page sends, gets, says and keeps. */
function listen(page: Page): { readonly sent: string[]; readonly got: Promise<string>[]; readonly said: string[] } {
  const traffic = { sent: [] as string[], got: [] as Promise<string>[], said: [] as string[] };
  page.on('request', (request) => traffic.sent.push(`${request.url()} ${request.postData() ?? ''}`));
  // Jira's own answers to its user are not the app's.
  page.on('response', (response) => {
    const isJira = (response.request().postData() ?? '').includes('restPath') || response.url().includes('/rest/');
    if (!isJira) traffic.got.push(response.text().catch(() => ''));
  });
  page.on('console', (message) => traffic.said.push(message.text()));
  return traffic;
}

async function kept(page: Page): Promise<string> {
  const inFrames = await Promise.all(
    page
      .frames()
      .map((frame) =>
        frame
          .evaluate(() =>
            JSON.stringify([
              Object.entries(localStorage),
              Object.entries(sessionStorage),
              document.cookie,
              document.body.innerText,
            ]),
          )
          .catch(() => ''),
      ),
  );
  return inFrames.join('\n');
}

test('the browser never gets the key or an e-mail address, and sends only what its user typed', async ({
  site,
  page,
  context,
}) => {
  const { jira } = site;
  const simulator = truthOf(site);
  const traffic = listen(page);
  const typed = jira.memberFor('notFound')?.email ?? simulator.members[5]?.email ?? '';

  await visitAs(context, site);
  const { issue, from, to } = castOf(site);
  const panel = await openPanel(page, site, issue.key);
  await move(panel, from.name, to.name);
  await expect(flagsOf(page)).toContainText(`Moved to ${to.name}`);
  await panel
    .getByRole('button', { name: `Undo the move from ${from.name} to ${to.name}` })
    .first()
    .click();
  await expect(flagsOf(page)).toContainText(`is back in ${from.name}`);
  const stranger = await openPanel(page, site, jira.issueFor('notFound').key);
  await stranger.getByLabel('Name or email in Shorter Loop').fill(typed);
  await stranger.getByRole('button', { name: 'Search' }).click();
  await expect(stranger.getByText(/member found|No member found/)).toBeVisible();

  await visitAs(context, site, { accountId: jira.adminAccountId });
  const admin = await openAdmin(page, site);
  await admin.getByLabel('API key').fill('sl_a_key_that_was_typed');
  await admin.getByRole('button', { name: 'Save and check' }).click();
  await expect(admin.getByText('The old key stays in use.')).toBeVisible();

  const got = (await Promise.all(traffic.got)).join('\n');
  const haystacks: Haystack[] = [
    { place: 'answers', text: got },
    { place: 'console', text: traffic.said.join('\n') },
    { place: 'kept', text: await kept(page) },
    { place: 'sent', text: traffic.sent.filter((line) => !line.includes(typed)).join('\n') },
  ];
  const needles = [
    { name: 'the key', text: simulator.key },
    { name: 'the typed key', text: 'sl_a_key_that_was_typed' },
    ...simulator.members.map(({ email }) => ({ name: 'an e-mail', text: email })),
    ...jira.people.flatMap(({ email }) => (email === null ? [] : [{ name: 'an e-mail of Jira', text: email }])),
  ];
  expect(got).toContain('Early adopters');
  // The key that was typed goes out once, in the body of the request that saves it.
  expect(traffic.sent.filter((line) => line.includes('sl_a_key_that_was_typed'))).toHaveLength(1);
  expect(tracesOf(needles, haystacks).filter((trace) => trace !== 'sent: the typed key')).toEqual([]);
});
