import { html, type Html } from '../jira/pages/html';
import type { ModuleView } from '../jira/pages';
import { PRIORITIES, STATUS_NAMES, type Jira, type JiraIssue } from '../jira';
import type { ActionDeclaration } from '../forge/actions';
import { COMPARISONS, CONDITION_FIELDS, type AuditEntry, type AuditPart, type Rule, type Rules } from './rules';
import { nameOf } from './runRule';

/** What the pages show. */
export type AutomationParts = {
  readonly jira: Jira;
  readonly rules: Rules;
  readonly actions: readonly ActionDeclaration[];
};

/** How many issues or runs a page lists. */
const MOST_LISTED = 50;

/** `/automation`: the rules, a builder with the app's own forms, and the audit log that a rule's owner sees. */
export function automationMain({ jira, rules, actions }: AutomationParts): Html {
  const offered = actions.map(({ key, name = key }) => ({ key, name }));
  const data = {
    actions: offered,
    rules: rules.all(),
    fields: CONDITION_FIELDS,
    comparisons: COMPARISONS,
    priorities: PRIORITIES,
  };
  return html`<h1 class="admin__title">Automation</h1>
    <div class="automation" data-automation="${JSON.stringify(data)}">
      <p class="jql__error" role="alert" data-problem hidden></p>
      <section aria-labelledby="rules-title">
        <h2 id="rules-title">Rules</h2>
        ${
          rules.all().length === 0
            ? html`<p>There are no rules yet.</p>`
            : html`<ul class="rules">${rules.all().map((rule) => ruleItem(rule, actions, jira))}</ul>`
        }
        <p class="run-line">
          <label>Run for work item <select data-run-issue>${jira.issues
            .slice(0, MOST_LISTED)
            .map(({ key, summary }) => html`<option value="${key}">${key}: ${summary}</option>`)}</select></label>
          <label>Transition to <select data-run-status>${STATUS_NAMES.map(
            (name) => html`<option>${name}</option>`,
          )}</select></label>
          <button type="button" class="button" data-transition>Transition</button>
        </p>
      </section>
      ${builder(offered)}
      <section aria-labelledby="audit-title">
        <h2 id="audit-title">Audit log</h2>
        ${auditLog(rules.audit(), jira)}
      </section>
    </div>
    <script type="module" src="/__jira/automation.js"></script>`;
}

function builder(offered: readonly { readonly key: string; readonly name: string }[]): Html {
  return html`<section aria-labelledby="builder-title">
    <h2 id="builder-title" data-builder-title>New rule</h2>
    <form class="builder" data-builder>
      <label>Name <input data-rule-name required maxlength="60" /></label>
      <label
        >When
        <select data-rule-trigger>
          <option value="">Run by hand</option>
          <option value="any">Transitioned to any status</option>
          ${STATUS_NAMES.map((name) => html`<option value="${name}">Transitioned to ${name}</option>`)}
        </select></label
      >
      <ol class="components" data-components aria-label="Components"></ol>
      <p>
        <label
          >Then
          <select data-add-kind>
            ${offered.map(({ key, name }) => html`<option value="${key}">${name}</option>`)}
            <option value="condition">Condition</option>
            <option value="field">Field condition</option>
            <option value="priority">Set priority</option>
          </select></label
        >
        <button type="button" class="button" data-add>Add component</button>
      </p>
      <div class="component-form" data-component-form hidden></div>
      <p><button type="submit" class="button" data-save-rule>Turn on rule</button></p>
    </form>
  </section>`;
}

function ruleItem(
  { id, name, isEnabled, ownerAccountId, trigger, components }: Rule,
  actions: readonly ActionDeclaration[],
  jira: Jira,
): Html {
  const when = trigger.kind === 'manual' ? 'Run by hand' : `When transitioned to ${trigger.to ?? 'any status'}`;
  return html`<li class="rule-item" data-rule-id="${id}">
    <strong>${name}</strong>
    <span>${when}: ${components.map((component) => nameOf(component, actions)).join(', then ')}</span>
    <span>Runs as ${personName(jira, ownerAccountId)}${isEnabled ? null : '. Switched off'}</span>
    ${
      isEnabled
        ? html`<button type="button" class="button" data-run aria-label="Run ${name}">Run</button>`
        : html`<button type="button" class="button" data-run aria-label="Run ${name}" disabled>Run</button>`
    }
    <button type="button" class="button" data-edit aria-label="Edit ${name}">Edit</button>
    <button type="button" class="button" data-enable="${isEnabled ? 'off' : 'on'}" aria-label="${
      isEnabled ? 'Disable' : 'Enable'
    } ${name}">${isEnabled ? 'Disable' : 'Enable'}</button>
    <button type="button" class="button" data-delete aria-label="Delete ${name}">Delete</button>
  </li>`;
}

function auditLog(entries: readonly AuditEntry[], jira: Jira): Html {
  if (entries.length === 0) return html`<p>Nothing has run yet.</p>`;
  return html`${entries.length > MOST_LISTED ? html`<p>The newest ${MOST_LISTED} of ${entries.length} runs.</p>` : null}
    <ol class="audit" aria-label="Audit log">${entries
      .slice(0, MOST_LISTED)
      .map((entry) => auditItem(entry, jira))}</ol>`;
}

function auditItem({ ruleName, ownerAccountId, issueKey, atMs, status, parts }: AuditEntry, jira: Jira): Html {
  return html`<li class="audit__run">
    <p>${statusMark(status)} <b>${ruleName}</b> on <a href="/browse/${issueKey}">${issueKey}</a>,
      as ${personName(jira, ownerAccountId)}, ${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC</p>
    <ul>
      ${parts.map(auditPart)}
    </ul>
  </li>`;
}

function auditPart({ what, status, message, sandboxErrors }: AuditPart): Html {
  return html`<li>
    ${statusMark(status)} ${what}${message === '' ? null : html`<br />${message}`}
    ${sandboxErrors.map((text) => html`<br /><em>Sandbox: ${text}</em>`)}
  </li>`;
}

/** How a run or a part of it ended, green or red beside the word. */
function statusMark(status: string): Html {
  const tone = status === 'SUCCESS' ? 'good' : status === 'FAILURE' || status === 'SOME ERRORS' ? 'bad' : 'plain';
  return html`<strong class="audit__status audit__status--${tone}">${status}</strong>`;
}

/** What the list is asked for; `action` is the app's action in it. */
export type SearchAsked = {
  readonly jql: string;
  readonly filterId: string | null;
  readonly action: ModuleView & { readonly tooltip: string };
};

/**
 * `/issues?jql=…`: what a query finds, or what Jira says of it, with the app's action on what is selected.
 * With `&filter=10001` the list says that it shows that filter; its query is the one in the address.
 */
export async function searchMain(
  { jira }: Pick<AutomationParts, 'jira'>,
  { jql, filterId, action }: SearchAsked,
  accountId: string,
): Promise<Html> {
  const found = await jira.search(accountId, jql);
  return html`<h1 class="admin__title">Search work items</h1>
    <form class="jql" method="get" action="/issues">
      <label>JQL <input name="jql" value="${jql}" size="80" spellcheck="false" /></label>
      <button type="submit" class="button">Search</button>
    </form>
    ${actionPart(jql, filterId, action)}
    ${
      found.kind === 'refused'
        ? html`<p class="jql__error" role="alert">${found.message}</p>`
        : resultList(found.issues, jira)
    }`;
}

function resultList(found: readonly JiraIssue[], jira: Jira): Html {
  const cut = found.length > MOST_LISTED ? `, of which the first ${MOST_LISTED} are shown` : '';
  return html`<p role="status">${found.length.toLocaleString('en')} work ${
    found.length === 1 ? 'item' : 'items'
  }${cut}</p>
    <ul class="jql__found" aria-label="Found">
      ${found.slice(0, MOST_LISTED).map(
        (issue) => html`<li><input type="checkbox" data-select="${issue.key}"
        aria-label="Select ${issue.key}" /> <a href="/browse/${issue.key}">${issue.key}</a> ${issue.summary} <span
        class="jql__facts">${factsOf(issue, jira)}</span>${fieldColumns(issue, jira)}</li>`,
      )}
    </ul>`;
}

/** The app's fields as columns of the list, those that hold something. */
function fieldColumns({ custom }: JiraIssue, jira: Jira): Html[] {
  return jira.fieldValues.fields.flatMap(({ id, name }) => {
    const values = custom?.[id] ?? [];
    return values.length === 0 ? [] : [html`<span class="jql__facts"> · ${name}: ${values.join(', ')}</span>`];
  });
}

/** Where the app's action is, with what the list tells it: see sandbox/jira/browser/issues.js. */
function actionPart(jql: string, filterId: string | null, { key, title, tooltip }: SearchAsked['action']): Html {
  return html`<p><button type="button" class="button" title="${tooltip}"
    data-navigator-action="${JSON.stringify({ moduleKey: key, title, jql, filterId })}">${title}</button></p>
    <div class="module" data-navigator-room></div>
    <script type="module" src="/__jira/issues.js"></script>`;
}

function factsOf({ status, priority, reporterAccountId }: JiraIssue, jira: Jira): string {
  return [status.name, priority, reporterAccountId === null ? 'no reporter' : personName(jira, reporterAccountId)].join(
    ' · ',
  );
}

function personName(jira: Jira, accountId: string): string {
  return jira.people.find((person) => person.accountId === accountId)?.displayName ?? 'Unknown person';
}
