import type { FrameLocator, Page } from '@playwright/test';
import { DECIDED, DONE, fakeSync, type FakeSync } from './fakeSync';
import { cutOf, expectAccessible, type Judged } from './accessible';
import { expect, openAdmin, setTheme, takePicture, test, THEMES, visitAs } from './site';

async function expectClean(page: Page, admin: FrameLocator, judged: Judged = 'all'): Promise<void> {
  expect(await cutOf(admin)).toBe(0);
  await expectAccessible(page, 'iframe', judged);
}

test.describe('what the People tab shows of the identity sync', () => {
  test('is accessible and fits every width, in both themes', async ({ site, page, context }) => {
    const first = site.jira.issueFor('ambiguous').reporterAccountId ?? '';
    await fakeSync(page, {
      view: DONE,
      rows: { emailShared: [{ accountId: first, issues: 21, memberId: null }] },
      asked: [],
    });
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    const table = admin.getByRole('table', { name: 'Reporters by state' });
    await expect(table.getByRole('row', { name: /^Linked 150/ })).toBeVisible();
    await expect(admin.getByText('4 reporters need a decision. They stand for 111 work items')).toBeVisible();
    await expect(admin.getByRole('article').getByText('21 work items reported')).toBeVisible();
    await expect(
      admin.getByRole('article').getByText('Several members have their email. Which of them is it?'),
    ).toBeVisible();
    await admin.getByText('The last weeks as a table').click();
    await admin.getByText(/^35 portal customers have/).click();
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const theme of THEMES) {
        await setTheme(page, admin, theme);
        await takePicture(page, `${theme}/people-${String(width)}`, { fullPage: true });
        await expectClean(page, admin, theme === 'dark' ? 'colors' : width === 320 ? 'allButColors' : 'all');
      }
    }
  });

  test('says how far it is, why it rests, and what it can’t read', async ({ site, page, context }) => {
    const progress = {
      ...DONE.progress,
      phase: 'reading',
      issues: 45_000,
      issuesInAll: 100_000,
      projects: { read: 5, inAll: 12 },
      issuesAMinute: 3_000.4,
      leftMs: 18.2 * 60_000,
      finishedAtMs: null,
      unread: [{ key: 'SEC', name: 'Security' }],
      unreadCount: 1,
    } as const;
    const fake: FakeSync = { view: { ...DONE, progress }, rows: {}, asked: [] };
    await fakeSync(page, fake);
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    await expect(admin.getByText('the newest first. About 19 minutes left.')).toBeVisible();
    await expect(admin.getByText('45,000 of about 100,000 work items read (45%)')).toBeVisible();
    await expect(admin.getByText('3,000 work items a minute')).toBeVisible();
    await expect(admin.getByText('The app can’t read 1 project')).toBeVisible();
    await expect(admin.getByText('Security (SEC)')).toBeVisible();
    await takePicture(page, 'light/people-reading', { fullPage: true });
    await expectClean(page, admin);

    await admin.getByRole('button', { name: 'Pause' }).click();
    await expect(admin.getByText('Paused. Nothing more is read until you continue')).toBeVisible();
    await admin.getByRole('button', { name: 'Continue', exact: true }).click();
    await admin.getByRole('button', { name: 'Start over…' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Read everything once more?' });
    await takePicture(page, 'light/people-start-over', { fullPage: true });
    await dialog.getByRole('button', { name: 'Start over' }).click();
    await expect(dialog).toBeHidden();
    expect(fake.asked).toEqual(['pause', 'resume', 'startOver']);

    fake.view = { ...DONE, progress: { ...progress, phase: 'resting', restsUntilMs: Date.now() + 1_800_000 } };
    await expect(admin.getByText(/^Resting until .* this hour’s Jira points are used up/)).toBeVisible();
    fake.view = { ...DONE, progress: { ...progress, phase: 'waiting' } };
    await page.reload();
    await expect(admin.getByText('Nothing is read yet.')).toBeVisible();
    await expect(admin.getByRole('button', { name: 'Start over…' })).toHaveCount(0);
  });

  test('is switched off and on, and says what that means for new reporters', async ({ site, page, context }) => {
    const fake: FakeSync = { view: DECIDED, rows: {}, asked: [] };
    await fakeSync(page, fake);
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    const automatic = admin.getByRole('switch', { name: 'Link certain matches automatically' });
    await expect(automatic).toBeChecked();
    await expect(admin.getByText('Nobody is left to decide.')).toBeVisible();
    await automatic.uncheck();
    await expect(admin.getByText('New ones are counted as they come, and not linked.')).toBeVisible();
    await expect(admin.getByRole('row', { name: /^Certain, not linked/ })).toBeVisible();
    await automatic.check();
    await expect(admin.getByText('New ones are linked as they come.')).toBeVisible();
    expect(fake.asked).toEqual(['automatic false', 'automatic true']);
  });

  test('is decided by the keyboard, until nobody is left', async ({ site, page, context }) => {
    const accounts = (['notFound', 'emailHidden', 'found'] as const).map(
      (state) => site.jira.issueFor(state).reporterAccountId ?? '',
    );
    const [one = '', two = '', three = ''] = accounts;
    const fake: FakeSync = {
      view: { ...DONE, counts: { ...DECIDED.counts, notFound: { reporters: 3, issues: 30 } } },
      rows: { notFound: accounts.map((accountId) => ({ accountId, issues: 10, memberId: null })) },
      asked: [],
    };
    await fakeSync(page, fake);
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    const card = admin.getByRole('article');
    const nameOf = (accountId: string) =>
      site.jira.people.find((person) => person.accountId === accountId)?.displayName ?? '';
    await expect(card.getByText(one)).toBeVisible();
    // There is nobody to link to yet: the key leads to the search, which has their name.
    await expect(card.getByLabel('Name, member ID or whole email')).toHaveValue(nameOf(one));
    await card.getByRole('heading').focus();
    await page.keyboard.press('l');
    await expect(card.getByLabel('Name, member ID or whole email')).toBeFocused();
    await page.keyboard.press('s');
    await expect(card.getByLabel('Name, member ID or whole email')).toHaveValue(`${nameOf(one)}s`);
    await card.getByRole('heading').focus();
    await page.keyboard.press('s');
    await expect(card.getByText(two)).toBeVisible();
    await expect(card.getByRole('heading')).toBeFocused();
    await expect(card.getByText('Search for the member below.')).toBeVisible();
    await page.keyboard.press('p');
    await expect(card.getByText(three)).toBeVisible();
    await expect(card.getByRole('button', { name: /^Link to / })).toBeVisible();
    fake.view = DECIDED;
    await page.keyboard.press('l');
    await expect(card.getByText('Linked by hand.')).toBeVisible();
    await page.keyboard.press('n');
    await expect(admin.getByText('Nobody is left here.')).toBeFocused();
    await expect(admin.getByText('Nobody is left to decide.')).toBeVisible();
    expect(fake.asked).toEqual([`skipped ${one}`, `notAPerson ${two}`]);
  });
});
