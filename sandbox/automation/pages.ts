import { html, type Html } from '../jira/pages/html';
import { STATUS_NAMES, JqlError, type AskFunction, type Jira } from '../jira';
import type { DeclaredAction } from './actions';
import type { AuditEntry, Rule, Rules } from './rules';
import { nameOf } from './runRule';

/** What the pages show. */
export type AutomationParts = { readonly jira: Jira; readonly rules: Rules; readonly actions: readonly DeclaredAction[]; readonly ask: AskFunction };

/** How many issues a page lists. */
const MOST_LISTED = 50;

/** `/automation`: the rules, a builder with the app's own forms, and the audit log that a rule's owner sees. */
export function automationMain({ jira, rules, actions }: AutomationParts): Html {
  const data = { actions: actions.map(({ key, name }) => ({ key, name })), rules: rules.all() };
  return html`<h1 class="admin__title">Automation</h1>
    <div class="automation" data-automation="${JSON.stringify(data)}">
      <section aria-labelledby="rules-title">
        <h2 id="rules-title">Rules</h2>
        ${rules.all().length === 0 ? html`<p>There are no rules yet.</p>` : html`<ul class="rules">${rules.all().map((rule) => ruleItem(rule, actions))}</ul>`}
        <p class="run-line">
          <label>Work item <select data-run-issue>${jira.issues.slice(0, MOST_LISTED).map(({ key, summary }) => html`<option value="${key}">${key}: ${summary}</option>`)}</select></label>
          <label>Transition to <select data-run-status>${STATUS_NAMES.map((name) => html`<option>${name}</option>`)}</select></label>
          <button type="button" class="button" data-transition>Transition</button>
        </p>
      </section>
      <section aria-labelledby="builder-title">
        <h2 id="builder-title" data-builder-title>New rule</h2>
        <form class="builder" data-builder>
          <label>Name <input data-rule-name required maxlength="60" /></label>
          <label
            >When <select data-rule-trigger><option value="">Run by hand</option>${STATUS_NAMES.map((name) => html`<option value="${name}">Transitioned to ${name}</option>`)}</select></label
          >
          <ol class="components" data-components aria-label="Components"></ol>
          <p>
            <label
              >Then <select data-add-kind>${actions.map(({ key, name }) => html`<option value="${key}">${name}</option>`)}<option value="condition">Condition</option><option value="priority">Set priority</option></select></label
            >
            <button type="button" class="button" data-add>Add component</button>
          </p>
          <div class="component-form" data-component-form hidden></div>
          <p><button type="submit" class="button" data-save-rule>Turn on rule</button></p>
        </form>
      </section>
      <section aria-labelledby="audit-title">
        <h2 id="audit-title">Audit log</h2>
        ${rules.audit().length === 0 ? html`<p>Nothing has run yet.</p>` : html`<ol class="audit" aria-label="Audit log">${rules.audit().slice(0, MOST_LISTED).map(auditItem)}</ol>`}
      </section>
    </div>
    <script type="module" src="/__jira/automation.js"></script>`;
}

function ruleItem(rule: Rule, actions: readonly DeclaredAction[]): Html {
  const when = rule.trigger.kind === 'manual' ? 'Run by hand' : `When transitioned to ${rule.trigger.to}`;
  return html`<li class="rule-item" data-rule-id="${rule.id}">
    <strong>${rule.name}</strong>
    <span>${when}: ${rule.components.map((component) => nameOf(component, actions)).join(', then ')}</span>
    <button type="button" class="button" data-run>Run ${rule.name}</button>
    <button type="button" class="button" data-edit>Edit ${rule.name}</button>
    <button type="button" class="button" data-delete>Delete ${rule.name}</button>
  </li>`;
}

function auditItem({ ruleName, issueKey, atMs, status, parts }: AuditEntry): Html {
  return html`<li class="audit__run">
    <p><strong>${status}</strong> ${ruleName} on <a href="/browse/${issueKey}">${issueKey}</a>, ${new Date(atMs).toISOString()}</p>
    <ul>
      ${parts.map((part) => html`<li><strong>${part.status}</strong> ${part.what}${part.message === '' ? null : html`<br />${part.message}`}</li>`)}
    </ul>
  </li>`;
}

/** `/issues?jql=…`: what a query finds, or what Jira says of it. */
export async function searchMain({ jira, ask }: AutomationParts, jql: string, accountId: string): Promise<Html> {
  const found = await jira.search(jql, accountId, ask).catch((error: unknown) => {
    if (error instanceof JqlError) return error;
    throw error;
  });
  return html`<h1 class="admin__title">Search work items</h1>
    <form class="jql" method="get" action="/issues">
      <label>JQL <input name="jql" value="${jql}" size="80" spellcheck="false" /></label>
      <button type="submit" class="button">Search</button>
    </form>
    ${found instanceof JqlError ? html`<p class="jql__error" role="alert">${found.message}</p>` : resultList(found)}`;
}

function resultList(found: readonly { readonly key: string; readonly summary: string }[]): Html {
  return html`<p role="status">${found.length} work ${found.length === 1 ? 'item' : 'items'}</p>
    <ul class="jql__found" aria-label="Found">
      ${found.slice(0, MOST_LISTED).map(({ key, summary }) => html`<li><a href="/browse/${key}">${key}</a> ${summary}</li>`)}
    </ul>`;
}
