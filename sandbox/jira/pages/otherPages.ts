import { PROJECT } from '../types';
import { html, type Html } from './html';
import { icon } from './icons';
import { moduleRoom, type ModuleView } from './module';

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

/** Jira's navigation of its settings. */
export function adminSidebar(module: ModuleView, path: string): Html {
  const items = ['Find new apps', 'Explore apps', 'Manage apps', 'App requests', 'OAuth credentials'];
  return html`<div class="sidebar">
    <p class="sidebar__head" aria-hidden="true"><span class="project-icon project-icon--settings"></span><span>Apps<small>Jira settings</small></span></p>
    <ul aria-hidden="true">
      ${items.map((label) => html`<li class="sidebar__item">${label}</li>`)}
    </ul>
    <nav aria-label="Apps">
      <ul>
        <li class="sidebar__item sidebar__item--on"><a href="${path}" aria-current="page">${module.title}</a></li>
      </ul>
    </nav>
  </div>`;
}

/** What Jira shows for an issue that is not there or not for this person. */
export function issueUnavailable(): Html {
  return notice("You can't view this issue", "It may have been deleted or you don't have permission to view it.");
}

/** What Jira shows for a project that is not there or not for this person. */
export function projectUnavailable(): Html {
  return notice("You can't view this space", "It may have been deleted or you don't have permission to view it.");
}

/** What Jira shows to someone who does not administer it. */
export function notAnAdmin(): Html {
  return notice("You don't have access to this page", 'Only Jira admins can configure apps. Ask one of them to do it, or sign in as one.');
}

function notice(title: string, text: string): Html {
  return html`<div class="notice">
    <span class="notice__icon">${icon('lock')}</span>
    <h1>${title}</h1>
    <p>${text}</p>
  </div>`;
}
