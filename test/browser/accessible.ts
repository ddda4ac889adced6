import { readFileSync } from 'node:fs';
import type Axe from 'axe-core';
import { expect, type Frame, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** What the script puts into the window of the frame in which it is evaluated. */
declare const axe: typeof Axe | undefined;

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE_PATH = '/__axe.js';

/** axe beside the app's pages, from where a browser loads and compiles it once for all of them. */
export const AXE_SCRIPT = { [AXE_PATH]: AXE };

/** The rules about colors: they take most of the time of a look, and colors are all that a theme changes. */
const COLORS = ['color-contrast', 'link-in-text-block'];

/** What axe looks at: `all` where a state is seen first, `colors` in its other theme, `allButColors` in another size. */
export type Judged = 'all' | 'colors' | 'allButColors';

const OPTIONS: Readonly<Record<Judged, Axe.RunOptions>> = {
  all: {},
  colors: { runOnly: COLORS },
  allButColors: { rules: Object.fromEntries(COLORS.map((rule) => [rule, { enabled: false }])) },
};

/**
 * What axe finds wrong in an element and below it, a line for each rule: its name and the HTML. It is asked in the
 * frame of the element, into which it is loaded once: to load it into every frame of a page for each look, and to name
 * all that is well, takes several times as long as the rules.
 * @see https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
 */
export async function violationsIn(element: Locator, judged: Judged = 'all'): Promise<string[]> {
  const frame = await (await element.elementHandle()).ownerFrame();
  if (frame === null) throw new Error('The element stands in no frame');
  await loadAxe(frame);
  return element.evaluate(async (root, options) => {
    if (typeof axe !== 'object') throw new Error('axe is not loaded');
    const { violations } = await axe.run(root, { ...options, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, OPTIONS[judged]);
}

/** Loads axe into a frame that has none: from beside the page, or as a text where nothing stands beside it. */
async function loadAxe(frame: Frame): Promise<void> {
  const isLoaded = await frame.evaluate(async (path) => {
    if (typeof axe === 'object') return true;
    const script = Object.assign(document.createElement('script'), { src: path });
    await new Promise((resolve) => {
      script.onload = resolve;
      script.onerror = resolve;
      document.head.append(script);
    });
    script.remove();
    return typeof axe === 'object';
  }, AXE_PATH);
  if (!isLoaded) await frame.evaluate(AXE);
}

/** By how many pixels a page is wider than its frame, so that its side is cut or has to be scrolled to. */
export function cutOf(frame: FrameLocator): Promise<number> {
  return frame.locator('html').evaluate((root) => Math.max(0, root.scrollWidth - root.clientWidth));
}

/** Fails with what axe finds wrong in an app's page, the first one of the product's page unless another is named. */
export async function expectAccessible(page: Page, frame = 'iframe', judged: Judged = 'all'): Promise<void> {
  expect(await violationsIn(page.locator(frame).first().contentFrame().locator('body'), judged)).toEqual([]);
}
