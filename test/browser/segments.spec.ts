import type { FrameLocator, Page } from '@playwright/test';
import type { Sandbox } from '../../sandbox/sandbox';
import { expectAccessible } from './accessible';
import { expect, openAdmin, takePicture, test, visitAs, truthOf } from './site';

async function inDialog(
  admin: FrameLocator,
  button: string,
  fill: (dialog: ReturnType<FrameLocator['getByRole']>) => Promise<void>,
  isTrial = true,
): Promise<void> {
  const dialog = admin.getByRole('dialog');
  await fill(dialog);
  if (isTrial) await dialog.getByLabel('Test it').check();
  await dialog.getByRole('button', { name: button }).click();
  await expect(dialog).toHaveCount(0);
}

test.use({ sandboxOptions: { members: 60, segments: 6 } });

/** A scratch segment that was made by a try. */
async function scratch({ host, jira }: Sandbox): Promise<void> {
  const payload = { call: { route: 'createSegment', name: 'Scratch' }, people: 0, trial: true };
  await host.invoke({
    moduleKey: 'segments-admin',
    functionKey: 'admin.manage',
    payload,
    accountId: jira.adminAccountId,
  });
}

/** Opens the Segments tab as an admin. */
async function openSegments(site: Sandbox, page: Page): Promise<FrameLocator> {
  await visitAs(page.context(), site, { accountId: site.jira.adminAccountId });
  return openAdmin(page, site, 'segments');
}

test('a scratch segment is made and renamed, and people are added to it and written to', async ({ site, page }) => {
  const admin = await openSegments(site, page);
  await admin.getByRole('button', { name: 'New segment' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'New segment' }).click();
  await expect(admin.getByText('Agree to the test, or cancel.')).toBeVisible();
  await inDialog(admin, 'New segment', (dialog) => dialog.getByLabel('Name of the segment').fill('Scratch'));
  await expect(admin.getByText('Done. Verified in Shorter Loop.')).toBeVisible();
  await admin.getByRole('button', { name: 'Rename Scratch', exact: true }).click();
  await inDialog(admin, 'Rename', (dialog) => dialog.getByLabel('Name of the segment').fill('Scratch 2'));
  await expect(admin.getByRole('rowheader', { name: 'Scratch 2' })).toBeVisible();

  await admin.getByRole('button', { name: 'Add people to Scratch 2' }).click();
  await expectAccessible(page);
  await takePicture(page, 'segments-add', { fullPage: true });
  await inDialog(admin, 'Add 1 person', (dialog) =>
    dialog.getByLabel('Email addresses, one on each line').fill('ada@company.example, Ada, Lovelace'),
  );
  await expect(
    admin.getByRole('row', { name: /Scratch 2/ }).getByRole('cell', { name: '1', exact: true }),
  ).toBeVisible();

  await admin.getByRole('button', { name: 'Email members of Scratch 2' }).click();
  await inDialog(admin, 'Send to 1 person', async (dialog) => {
    await dialog.getByLabel('Subject').fill('News');
    await dialog.getByLabel('Message').fill('There is something new.');
  });
  await expect(admin.getByText('This can’t be verified.')).toBeVisible();
  expect(site.simulator?.truth.mails().map(({ to }) => to.length)).toEqual([1]);
});

test('people are imported from a file, and segments are deleted once their members have left them', async ({
  site,
  page,
}) => {
  const simulator = truthOf(site);
  await scratch(site);
  const admin = await openSegments(site, page);
  await admin.getByRole('button', { name: 'Add people to Scratch' }).click();
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from('email\nada@company.example\n') };
  await inDialog(admin, 'Add 1 person', (dialog) => dialog.getByLabel('Or a CSV or JSON file').setInputFiles(file));
  await admin.getByRole('button', { name: 'Delete Scratch' }).click();
  await expect(admin.getByText('1 member is removed from this segment first')).toBeVisible();
  await inDialog(admin, 'Delete', () => Promise.resolve());
  await expect(admin.getByRole('rowheader', { name: 'Scratch' })).toHaveCount(0);

  const [full] = simulator.segments;
  await admin.getByRole('button', { name: `Delete ${full?.name ?? ''}` }).click();
  await takePicture(page, 'segments-delete', { fullPage: true });
  await inDialog(admin, 'Delete', () => Promise.resolve(), false);
  await expect(admin.getByRole('rowheader', { name: full?.name ?? '' })).toHaveCount(0);
  expect(simulator.truth.membersOf(full?.id ?? 0)).toBeUndefined();
  expect(simulator.truth.writes().some(({ kind, from }) => kind === 'remove' && from === full?.id)).toBe(true);
});

test('a file is read as it was written, what is not used is said before, and one that is broken adds nobody', async ({
  site,
  page,
}) => {
  const simulator = truthOf(site);
  await scratch(site);
  const admin = await openSegments(site, page);
  await admin.getByRole('button', { name: 'Add people to Scratch' }).click();
  const choose = (text: string) =>
    admin.getByLabel('Or a CSV or JSON file').setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text, 'latin1'),
    });
  await choose('email,firstName\na@b.example,"Ann\nc@d.example,Cem\n');
  const dialog = admin.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toHaveText(/^Line 2: a quotation mark is never closed, at “"Ann”/);
  await choose('Team;E-Mail-Adresse;Vorname;Nachname\r\n\r\nx;j@b.example;J\xfcrgen;M\xfcller\r\n');
  await expect(dialog.getByText('1 person found. The first one: Jürgen Müller, j@b.example')).toBeVisible();
  for (const note of ['was read as windows-1252', 'A column is not used: Team.', '1 blank line is left out.'])
    await expect(dialog.getByText(note)).toBeVisible();
  await expectAccessible(page);
  await inDialog(admin, 'Add 1 person', () => Promise.resolve());
  const { members } = simulator.truth.snapshot();
  expect(members.filter(({ firstName }) => firstName === 'Jürgen').map(({ lastName }) => lastName)).toContain('Müller');
});

test('a list of several requests that stops stays with those who were not sent, and goes on with them', async ({
  site,
  page,
}) => {
  const simulator = truthOf(site);
  await scratch(site);
  const admin = await openSegments(site, page);
  const people = Array.from({ length: 120 }, (_person, nth) => `person.${nth}@company.example`);
  const add = admin.getByRole('button', { name: 'Add people to Scratch' });
  const dialog = admin.getByRole('dialog');
  const list = dialog.getByLabel('Email addresses, one on each line');
  await add.click();
  await inDialog(admin, 'Add 1 person', () => list.fill(people[0] ?? ''));
  const fault = simulator.faults.add({ match: { route: 'addByEmail', nth: 2 }, fault: { kind: 'status', code: 422 } });
  await add.click();
  await list.fill(people.join('\n'));
  await dialog.getByRole('button', { name: 'Add 120 people' }).click();
  await expect(dialog.getByText('Shorter Loop refused, and nothing was changed.')).toBeVisible();
  await expect(
    dialog.getByText('50 people of the list were added; 70 are left, from person.50@company.example on.'),
  ).toBeVisible();
  await expectAccessible(page);
  expect(fault.struck()).toBe(1);
  await dialog.getByRole('button', { name: 'Add 70 people' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(admin.getByText('Done. Verified in Shorter Loop.')).toBeVisible();
  await expect(
    admin.getByRole('row', { name: /Scratch/ }).getByRole('cell', { name: '120', exact: true }),
  ).toBeVisible();
});
