import { html, type Html } from './html';

/** A module of the app, as its manifest declares it. */
export type ModuleView = {
  readonly key: string;
  readonly title: string;
  /** Where its icon is served; null for the sandbox's own. */
  readonly iconUrl: string | null;
};

/** The room in which the host's browser script puts the module's iframe. */
export function moduleRoom(module: ModuleView, extension: Readonly<Record<string, unknown>>): Html {
  return html`<div class="module" data-module-key="${module.key}" data-module-title="${module.title}"
    data-extension="${JSON.stringify(extension)}">
    <p class="module__waiting">Loading ${module.title}…</p>
  </div>`;
}

/** The icon of a module, 16 pixels, which says nothing to a screen reader. */
export function moduleIcon(module: ModuleView): Html {
  return html`<img class="icon" src="${module.iconUrl ?? '/__jira/segments.svg'}" width="16" height="16" alt="" />`;
}
