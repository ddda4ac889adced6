import { html, type Html } from './html';
import { moduleRoom, type ModuleView } from './module';

/** Where the app's global page is. */
export const BULK_PATH = '/apps/segments-bulk';

/** Whether a path is the global page's, or that of a place within it. */
export function isBulkPath(pathname: string): boolean {
  return pathname === BULK_PATH || pathname.startsWith(`${BULK_PATH}/`);
}

/** The main part of an app's global page, as Jira frames it under Apps. */
export function globalMain(module: ModuleView): Html {
  return html`<nav class="breadcrumbs" aria-label="Breadcrumbs">
      <ol>
        <li><span>Apps</span></li>
      </ol>
    </nav>
    <h1 class="admin__title">${module.title}</h1>
    <div class="admin__module">${moduleRoom(module, { type: 'jira:globalPage' })}</div>`;
}
