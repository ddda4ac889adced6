import { violationsIn } from './accessible';
import { castOf, expect, openPanel, test } from './site';

test('what is wrong in an app’s page is found there, and nothing of the page around it', async ({ site, page }) => {
  const panel = await openPanel(page, site, castOf(site, 'one').issue.key);
  const body = panel.locator('body');
  expect(await violationsIn(body)).toEqual([]);

  const picture = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">';
  const add = (root: HTMLElement, html: string): void => root.insertAdjacentHTML('beforeend', html);
  await page.locator('body').evaluate(add, `<b id="outside">${picture}</b>`);
  expect(await violationsIn(body)).toEqual([]);
  await body.evaluate(add, `<button></button><b id="inside">${picture}</b>`);
  expect(await violationsIn(body)).toEqual([
    expect.stringMatching(/^button-name: <button>/),
    expect.stringMatching(/^image-alt: <img/),
    expect.stringMatching(/^region: <b id="inside">/),
  ]);
  expect(await violationsIn(page.locator('#outside'))).toEqual([expect.stringMatching(/^image-alt: <img/)]);
});
