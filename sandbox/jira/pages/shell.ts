import type { JiraPerson } from '../types';
import { html, type Html } from './html';
import { icon } from './icons';
import { CREATE_PATH } from './createIssue';
import { sandboxBar, type BarParts } from './sandboxBar';

/** A whole page. */
export type PageParts = {
  readonly title: string;
  /** The viewer, whose avatar stands in the top right corner. */
  readonly viewer: JiraPerson | undefined;
  readonly bar: BarParts;
  /** Where the app's modules have pages of their own, by module key. */
  readonly modulePaths: Readonly<Record<string, string>>;
  /** What to try first; null where nobody is told. */
  readonly card: Html | null;
  readonly sidebar: Html;
  readonly main: Html;
};

/** The document around a page: sandbox bar, Jira's navigation, and the room for flags. */
export function shell({ title, viewer, bar, modulePaths, card, sidebar, main }: PageParts): string {
  const page = html`<!doctype html>
    <html lang="en" data-color-mode="${bar.choices.theme}" data-panel-width="${bar.choices.panelWidth}"
      data-module-paths="${JSON.stringify(modulePaths)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - Jira (sandbox)</title>
        <link rel="icon" href="/__jira/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/__jira/jira.css" />
        <script type="module" src="/__forge/host.js"></script>
        <script type="module" src="/__jira/jira.js"></script>
      </head>
      <body>
        ${sandboxBar(bar)} ${card} ${topNavigation(viewer)}
        <div class="frame">
          ${sidebar}
          <main class="main">${main}</main>
        </div>
        <div class="flags" role="status" aria-live="polite" data-flags></div>
      </body>
    </html>`;
  return page.safe;
}

/** A round picture with a person's initials; the name is said elsewhere. */
export function avatar(person: JiraPerson | undefined, size: 'small' | 'large' = 'small'): Html {
  const initials = (person?.displayName ?? '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
    .flatMap((part, place, parts) => (place === 0 || place === parts.length - 1 ? Array.from(part).slice(0, 1) : []))
    .join('');
  const tone = Array.from(person?.accountId ?? '').reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % 6;
  return html`<span class="avatar avatar--${size} avatar--${person === undefined ? 'none' : tone}"
    aria-hidden="true">${initials}</span>`;
}

function topNavigation(viewer: JiraPerson | undefined): Html {
  // What does nothing here is not offered to the keyboard or a screen reader either.
  return html`<header class="top">
    <span class="top__icon" aria-hidden="true">${icon('apps')}</span>
    <a class="top__logo" href="/"><img src="/__jira/icon.svg" width="24" height="24" alt="" />Jira</a>
    <span class="top__search" aria-hidden="true">${icon('search')} Search</span>
    <a class="top__create" href="${CREATE_PATH}" aria-label="Create">${icon('plus')}<span>Create</span></a>
    <span class="top__end">
      <span class="top__icon" aria-hidden="true">${icon('bell')}</span>
      <span class="top__icon" aria-hidden="true">${icon('gear')}</span>
      <span class="top__viewer">${avatar(viewer)}<span
        class="hidden">Signed in as ${viewer?.displayName ?? 'nobody'}</span></span>
    </span>
  </header>`;
}
