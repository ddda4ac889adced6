import { source } from 'axe-core';
import type Axe from 'axe-core';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { expect } from './site';

/** What the script puts into the window of the frame in which it is evaluated. */
declare const axe: typeof Axe | undefined;

/**
 * What axe finds wrong in an element and below it, a line for each rule: its name and the HTML. It is asked in the
 * frame of the element, into which it is loaded once: to load it into every frame of a page for each look, and to name
 * all that is well, takes several times as long as the rules.
 * @see https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
 */
export async function violationsIn(element: Locator): Promise<string[]> {
  const frame = await (await element.elementHandle()).ownerFrame();
  if (frame === null) throw new Error('The element stands in no frame');
  if (!(await frame.evaluate(() => typeof axe === 'object'))) await frame.evaluate(source);
  return element.evaluate(async (root) => {
    if (typeof axe !== 'object') throw new Error('axe is not loaded');
    const { violations } = await axe.run(root, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

/** By how many pixels a page is wider than its frame, so that its side is cut or has to be scrolled to. */
export function cutOf(frame: FrameLocator): Promise<number> {
  return frame.locator('html').evaluate((root) => Math.max(0, root.scrollWidth - root.clientWidth));
}

/** Fails with what axe finds wrong in an app's page, the first one of the product's page unless another is named. */
export async function expectAccessible(page: Page, frame = 'iframe'): Promise<void> {
  expect(await violationsIn(page.locator(frame).first().contentFrame().locator('body'))).toEqual([]);
}
