import { PROJECT } from '../types';
import { html, type Html } from './html';
import { moduleRoom, type ModuleView } from './module';
import { notice } from './notice';

/** Where the apps of a site are managed. */
export const MANAGE_APPS_PATH = '/admin/manage-apps';
/** Where *Configure* leads from there. It has no place for pages within it: the docs allow it no subpages. */
export const CONFIGURE_PATH = `${MANAGE_APPS_PATH}/configure`;

/** The main part of *Manage apps*: the app's entry with its button. */
export function manageAppsMain(module: ModuleView): Html {
  return html`<h1 class="admin__title">Manage apps</h1>
    <p><strong>${module.title}</strong> <a class="button" href="${CONFIGURE_PATH}">Configure</a></p>`;
}

/**
 * The main part of the admin page that is declared with `useAsConfig`.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-admin-page/
 */
export function configureMain(module: ModuleView): Html {
  return html`<nav class="breadcrumbs" aria-label="Breadcrumbs">
      <ol>
        <li><span>Jira settings</span></li>
        <li><a href="${MANAGE_APPS_PATH}">Manage apps</a></li>
      </ol>
    </nav>
    <h1 class="admin__title">${module.title}</h1>
    <div class="admin__module">${moduleRoom(module, { type: 'jira:adminPage' })}</div>`;
}

/** The main part of an app's admin page, as Jira frames it under Apps. */
export function adminMain(module: ModuleView): Html {
  return html`<nav class="breadcrumbs" aria-label="Breadcrumbs">
      <ol>
        <li><span>Jira settings</span></li>
        <li><span>Apps</span></li>
      </ol>
    </nav>
    <h1 class="admin__title">${module.title}</h1>
    <div class="admin__module">${moduleRoom(module, { type: 'jira:adminPage' })}</div>`;
}

/** The main part of an app's project page, as Jira frames it in a project. */
export function boardMain(module: ModuleView): Html {
  const extension = { type: 'jira:projectPage', project: { id: PROJECT.id, key: PROJECT.key, type: PROJECT.type } };
  return html`<nav class="breadcrumbs" aria-label="Breadcrumbs">
      <ol>
        <li><span>Spaces</span></li>
        <li><span class="breadcrumbs__project">${PROJECT.name}</span></li>
      </ol>
    </nav>
    <h1 class="admin__title">${module.title}</h1>
    <div class="admin__module">${moduleRoom(module, extension)}</div>`;
}

/** Jira's navigation of its settings. Of the app's admin pages only the one without `useAsConfig` stands in it. */
export function adminSidebar(module: ModuleView, path: string, pathname: string): Html {
  const items = ['Find new apps', 'Explore apps', 'App requests', 'OAuth credentials'];
  const isManaging = pathname === MANAGE_APPS_PATH || pathname === CONFIGURE_PATH;
  return html`<div class="sidebar">
    <p class="sidebar__head" aria-hidden="true"><span
      class="project-icon project-icon--settings"></span><span>Apps<small>Jira settings</small></span></p>
    <ul aria-hidden="true">
      ${items.map((label) => html`<li class="sidebar__item">${label}</li>`)}
    </ul>
    <nav aria-label="Apps">
      <ul>
        ${sidebarLink(MANAGE_APPS_PATH, 'Manage apps', isManaging)} ${sidebarLink(path, module.title, !isManaging)}
      </ul>
    </nav>
  </div>`;
}

function sidebarLink(path: string, title: string, isOpen: boolean): Html {
  return isOpen
    ? html`<li class="sidebar__item sidebar__item--on"><a href="${path}" aria-current="page">${title}</a></li>`
    : html`<li class="sidebar__item"><a href="${path}">${title}</a></li>`;
}

/** What Jira shows for an issue that is not there or not for this person. */
export function issueUnavailable(): Html {
  return notice("You can't view this work item", "It may have been deleted or you don't have permission to view it.");
}

/** What Jira shows for a project that is not there or not for this person. */
export function projectUnavailable(): Html {
  return notice("You can't view this space", "It may have been deleted or you don't have permission to view it.");
}

/** What Jira shows to someone who does not administer it. */
export function notAnAdmin(): Html {
  return notice(
    "You don't have access to this page",
    'Only Jira admins can configure apps. Ask one of them to do it, or sign in as one.',
  );
}
