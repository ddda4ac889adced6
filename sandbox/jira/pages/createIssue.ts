import { TYPE_NAMES } from '../issueValues';
import { holds } from '../permissions';
import type { JiraPerson } from '../types';
import { html, type Html } from './html';
import { notice } from './notice';

/** Where an issue is created. */
export const CREATE_PATH = '/create';

/** How many people a choice offers: a page with thousands would be slow. */
const MOST_OFFERED = 300;

/** The form that creates an issue; by somebody else only for who may say so. */
export function createMain(viewer: JiraPerson, people: readonly JiraPerson[]): Html {
  const asker = { kind: 'person', person: viewer } as const;
  if (!holds(asker, 'CREATE_ISSUES'))
    return notice("You can't create work items here", 'Ask an admin for the permission.');
  const may = holds(asker, 'MODIFY_REPORTER');
  return html`<h1 class="admin__title">Create work item</h1>
    <form class="create" data-create-issue>
      <label>Summary <input name="summary" required maxlength="255" /></label>
      <label
        >Type
        <select name="type">
          ${TYPE_NAMES.map((name) => html`<option>${name}</option>`)}
        </select></label
      >
      <label
        >Reporter
        <select name="reporterAccountId">
          ${personOptions(may ? people : [viewer], viewer.accountId)}
        </select></label
      >
      <p><button type="submit" class="button">Create</button></p>
      <p class="jql__error" role="alert" data-edit-error></p>
    </form>
    <script type="module" src="/__jira/edit.js"></script>`;
}

/** Below an issue's details, for who may: who else reports it, and that it goes. */
export function editPart(issueKey: string, viewer: JiraPerson, people: readonly JiraPerson[]): Html | null {
  const asker = { kind: 'person', person: viewer } as const;
  if (!holds(asker, 'MODIFY_REPORTER')) return null;
  return html`<details class="edit" data-edit-issue="${issueKey}">
    <summary>Change reporter or delete</summary>
    <label
      >New reporter
      <select name="reporterAccountId">
        <option value="">None</option>
        ${personOptions(people, null)}
      </select></label
    >
    <p>
      <button type="button" class="button" data-change-reporter>Change reporter</button>
      ${
        holds(asker, 'DELETE_ISSUES')
          ? html`<button type="button" class="button" data-delete-issue>Delete work item</button>`
          : null
      }
    </p>
    <p class="jql__error" role="alert" data-edit-error></p>
    <script type="module" src="/__jira/edit.js"></script>
  </details>`;
}

/** By name, without those whom nobody can choose in Jira either. */
function personOptions(people: readonly JiraPerson[], chosenAccountId: string | null): Html[] {
  return people
    .filter(({ active, accountId }) => active && accountId !== 'unknown')
    .slice(0, MOST_OFFERED)
    .toSorted((one, other) => one.displayName.localeCompare(other.displayName, 'en'))
    .map(
      ({ accountId, displayName, accountType }) =>
        html`<option value="${accountId}" ${accountId === chosenAccountId ? html`selected` : null}>${displayName}${
          accountType === 'atlassian' ? '' : ` (${accountType})`
        }</option>`,
    );
}
