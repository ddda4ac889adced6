import type { CustomField } from '../fields';
import { PROJECT, type JiraComment, type JiraIssue, type JiraPerson } from '../types';
import { BULK_PATH } from './globalPage';
import { html, type Html } from './html';
import { icon, typeIcon } from './icons';
import { moduleIcon, moduleRoom, type ModuleView } from './module';
import { avatar } from './shell';

/** An issue context, with what stands on its line. */
export type ContextView = ModuleView & { readonly label: string };

/** What an issue page shows. */
export type IssueParts = {
  readonly issue: JiraIssue;
  readonly people: readonly JiraPerson[];
  readonly panel: ModuleView;
  readonly context: ContextView;
  /** The app's fields, as an admin has put them on the screen. */
  readonly fields: readonly Pick<CustomField, 'id' | 'name'>[];
  /** What whoever looks may change about the issue; null for nothing. */
  readonly edit: Html | null;
};

/** The main part of the issue page: content on the left, details on the right or below. */
export function issueMain({ issue, people, panel, context, fields, edit }: IssueParts): Html {
  const who = (accountId: string | null): JiraPerson | undefined =>
    people.find((person) => person.accountId === accountId);
  return html`<nav class="breadcrumbs" aria-label="Breadcrumbs">
      <ol>
        <li><span>Spaces</span></li>
        <li><span class="breadcrumbs__project">${PROJECT.name}</span></li>
        <li>${typeIcon(issue.type.name)}<a href="/browse/${issue.key}" aria-current="page">${issue.key}</a></li>
      </ol>
    </nav>
    <div class="issue">
      <div class="issue__content">
        <h1 class="issue__summary" dir="auto">${issue.summary}</h1>
        <div class="issue__actions" aria-hidden="true">
          <span class="button">${icon('plus')} Add</span><span class="button">${icon('apps')} Apps</span>
        </div>
        <section aria-labelledby="description">
          <h2 id="description">Description</h2>
          ${issue.description.map((text) => html`<p class="prose" dir="auto">${text}</p>`)}
        </section>
        ${panelFrame(issue, panel)}
        <section aria-labelledby="activity">
          <h2 id="activity">Activity</h2>
          <p class="filters" aria-hidden="true"><span>All</span><span
            class="filters__on">Comments</span><span>History</span></p>
          ${issue.comments.map((comment) => commentView(comment, who(comment.authorAccountId)))}
          <div class="comment comment--new" aria-hidden="true">${avatar(undefined)}<span
            class="comment__box">Add a comment…</span></div>
        </section>
      </div>
      <div class="issue__details">
        <p class="status-row">
          <span class="hidden">Status:</span><span
            class="status status--${issue.status.category}">${issue.status.name}${icon('chevron')}</span>
        </p>
        <section class="details" aria-labelledby="details">
          <h2 class="details__title" id="details">Details</h2>
          <dl>
            ${detail('Assignee', personView(who(issue.assigneeAccountId), 'Unassigned'))}
            ${detail('Reporter', personView(who(issue.reporterAccountId), 'None'))}
            ${detail('Priority', html`<span class="priority priority--${issue.priority}">${issue.priority}</span>`)}
            ${detail('Labels', html`${issue.labels.map((label) => html`<span class="label">${label}</span> `)}`)}
            ${fields.map(({ id, name }) =>
              detail(
                name,
                html`${(issue.custom?.[id] ?? ['None']).map((one) => html`<span class="label">${one}</span> `)}`,
              ),
            )}
            ${detail('Type', html`${typeIcon(issue.type.name)} ${issue.type.name}`)}
          </dl>
          ${edit}
        </section>
        ${contextFrame(issue, context)}
        <p class="dates">Created ${date(issue.createdMs)}<br />Updated ${date(issue.updatedMs)}</p>
      </div>
    </div>`;
}

/** The parts of a project's navigation that lead somewhere in the sandbox. */
export type Place = 'All work' | 'Automation' | 'Segment board' | 'Bulk changes';

/** Where the app's project page is. */
export const BOARD_PATH = `/projects/${PROJECT.key}/board`;

const PLACES: readonly (readonly [Place, string])[] = [
  ['All work', '/issues'],
  ['Automation', '/automation'],
  ['Segment board', BOARD_PATH],
  ['Bulk changes', BULK_PATH],
];

/** Jira's own navigation of a project. */
export function projectSidebar(here: Place = 'All work'): Html {
  return html`<div class="sidebar">
    <p class="sidebar__head" aria-hidden="true"><span
      class="project-icon"></span><span>${PROJECT.name}<small>Software space</small></span></p>
    <ul aria-hidden="true">
      ${['Summary', 'Timeline', 'Backlog', 'Board', 'Calendar', 'Reports', 'List', 'Forms', 'Goals'].map(
        (label) => html`<li class="sidebar__item">${label}</li>`,
      )}
    </ul>
    <nav aria-label="Space">
      <ul>
        ${PLACES.map(
          ([label, path]) =>
            html`<li class="${label === here ? 'sidebar__item sidebar__item--on' : 'sidebar__item'}"><a href="${path}"
              ${label === here ? html`aria-current="true"` : null}>${label}</a></li>`,
        )}
      </ul>
    </nav>
  </div>`;
}

/** What a module on an issue is told of where it stands. */
function extensionOf({ id, key, type }: JiraIssue, moduleType: string): Readonly<Record<string, unknown>> {
  return {
    type: moduleType,
    issue: { id, key, type: type.name, typeId: type.id },
    project: { id: PROJECT.id, key: PROJECT.key, type: PROJECT.type },
  };
}

/**
 * An issue context under the fields. Whether Jira begins with it open is not documented; here it is as its viewer left
 * it, and closed before that.
 */
function contextFrame(issue: JiraIssue, context: ContextView): Html {
  const room = moduleRoom(context, extensionOf(issue, 'jira:issueContext'));
  return html`<section class="context" aria-labelledby="context-title">
    <h2 class="context__head"><button class="context__toggle" type="button" aria-expanded="false"
      aria-controls="context-body" id="context-title">${icon('chevron')}<span>${context.label}</span><span
      class="context__title">${context.title}</span><span
      class="context__status" data-context-status></span></button></h2>
    <div class="context__body" id="context-body" hidden>${room}</div>
  </section>`;
}

function panelFrame(issue: JiraIssue, panel: ModuleView): Html {
  const extension = extensionOf(issue, 'jira:issuePanel');
  return html`<section class="panel" aria-labelledby="panel-title">
    <div class="panel__head">
      <button class="panel__toggle" type="button" aria-expanded="true" aria-controls="panel-body"
        aria-label="Show ${panel.title}">${icon('chevron')}</button>
      ${moduleIcon(panel)}
      <h2 class="panel__title" id="panel-title">${panel.title}</h2>
      <span class="panel__more" aria-hidden="true">${icon('more')}</span>
    </div>
    <div class="panel__body" id="panel-body">${moduleRoom(panel, extension)}</div>
  </section>`;
}

function commentView({ text, atMs }: JiraComment, author: JiraPerson | undefined): Html {
  return html`<article class="comment">
    ${avatar(author, 'large')}
    <div>
      <p class="comment__head"><strong
        dir="auto">${author?.displayName ?? 'Former user'}</strong> <span>${date(atMs)}</span></p>
      <p class="prose" dir="auto">${text}</p>
    </div>
  </article>`;
}

function detail(name: string, value: Html): Html {
  return html`<div class="details__row"><dt>${name}</dt><dd>${value}</dd></div>`;
}

function personView(person: JiraPerson | undefined, nobody: string): Html {
  return html`<span class="person">${avatar(person)}<span dir="auto">${person?.displayName ?? nobody}</span></span>`;
}

function date(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(ms);
}
