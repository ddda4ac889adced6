/**
 * The browser side of `/automation`: builds a rule with the app's own forms, and runs rules. A form is
 * the app's page in an iframe; what it hands to `view.submit()` are the inputs that the rule keeps.
 */
import { mountIn } from './jira.js';

const root = document.querySelector('[data-automation]');
const { actions, rules, fields, comparisons, priorities } = JSON.parse(root.dataset.automation);
const problem = root.querySelector('[data-problem]');
const builder = root.querySelector('[data-builder]');
const list = root.querySelector('[data-components]');
const room = root.querySelector('[data-component-form]');
const status = () => root.querySelector('[data-run-status]').value;
const issueKey = () => root.querySelector('[data-run-issue]').value;

/** The rule that is being built; `id` of the one that is being edited. */
let components = [];
let editing = null;
/** How long an answer to *Next* is waited for, in milliseconds. */
const ANSWER_MS = 500;
/** Takes away what is in the component's room. */
let leave = () => undefined;
/** Takes away the app's form. */
let unmount = () => undefined;

/** What Automation's documentation leaves open, played both ways: `/automation?next=goes&inputs=merge`. */
const reading = new URLSearchParams(location.search);
/** Whether *Next* goes on at once with what was submitted last, or only after the form has answered it. */
const nextGoes = reading.get('next') === 'goes';
/** Whether what is submitted is put over the stored inputs, or replaces them. */
const isMerged = reading.get('inputs') === 'merge';

/** Sends something to the sandbox and shows the page anew, or says what was wrong with it and answers that. */
async function send(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) {
    location.reload();
    return null;
  }
  const refused = await response.json();
  problem.textContent = refused.error;
  problem.hidden = false;
  return refused;
}

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function nameOf(component) {
  if (component.kind === 'action') return actions.find(({ key }) => key === component.key)?.name ?? component.key;
  if (component.kind === 'priority') return `Set priority to ${component.value}`;
  return component.kind === 'field'
    ? `If ${component.field} equals “${component.value}”`
    : `If ${component.left} ${component.operator} “${component.right}”`;
}

function show() {
  list.replaceChildren(
    ...components.map((component, place) => {
      const item = element('li', `${nameOf(component)} `);
      const edit = element('button', `Edit component ${place + 1}`, { type: 'button', class: 'button' });
      edit.addEventListener('click', () => configure(component, place));
      const remove = element('button', `Remove component ${place + 1}`, { type: 'button', class: 'button' });
      remove.addEventListener('click', () => {
        components.splice(place, 1);
        show();
      });
      item.append(edit, ' ', remove);
      return item;
    }),
  );
}

/**
 * Opens the form of a component; `place` is where it goes, at the end when it is new. What is given is
 * kept at once, so that it survives a look at another component; *Back* takes it back.
 */
function configure(component, place = components.length, invalidInputs = {}) {
  leave();
  room.hidden = false;
  const before = components[place];
  const next = element('button', 'Next', { type: 'button', class: 'button' });
  const back = element('button', 'Back', { type: 'button', class: 'button' });
  let isAsked = false;
  const give = (changed) => {
    components[place] = changed;
    show();
    // A form is pristine until it has submitted something.
    next.disabled = false;
    if (isAsked) leave();
  };
  next.addEventListener('click', () => {
    if (component.kind === 'action') {
      isAsked = !nextGoes;
      window.forgeSandbox.emit('AUTOMATION_ACTION_SUBMIT');
      // A form that is not right does not answer; a later change of it is no answer either.
      if (isAsked) {
        next.disabled = true;
        setTimeout(() => {
          isAsked = false;
          next.disabled = false;
        }, ANSWER_MS);
        return;
      }
    }
    leave();
  });
  back.addEventListener('click', () => {
    if (before === undefined) components.splice(place, 1);
    else components[place] = before;
    leave();
    show();
  });
  const fields = component.kind === 'action' ? appForm(component, give, invalidInputs) : ownForm(component, give);
  room.replaceChildren(element('h3', nameOf(component)), fields, next, ' ', back);
  if (component.kind === 'action') next.disabled = true;
  else give(component);
  leave = () => {
    unmount();
    unmount = () => undefined;
    leave = () => undefined;
    room.replaceChildren();
    room.hidden = true;
  };
}

/** The app's own form, with the context that Automation gives it. */
function appForm(component, give, invalidInputs) {
  const container = element('div', '', { class: 'module' });
  const extension = { type: 'action', data: { inputs: component.inputs }, errors: { invalidInputs } };
  const onSubmit = (inputs) => give({ ...component, inputs: isMerged ? { ...component.inputs, ...inputs } : inputs });
  // An iframe loads only where it is part of the page.
  requestAnimationFrame(() => {
    if (container.isConnected)
      unmount = mountIn(container, { moduleKey: component.key, title: nameOf(component), extension, onSubmit });
  });
  return container;
}

function ownForm(component, give) {
  const form = element('div', '');
  const draft = { ...component };
  const field = (label, name, choices) => {
    const wrapper = element('label', `${label} `);
    const input = element(choices === undefined ? 'input' : 'select', '');
    for (const choice of choices ?? []) input.append(element('option', choice));
    input.value = draft[name];
    input.addEventListener('input', () => {
      draft[name] = input.value;
      give({ ...draft });
    });
    wrapper.append(input);
    form.append(wrapper);
  };
  if (component.kind === 'priority') {
    field('Priority', 'value', priorities);
    return form;
  }
  if (component.kind === 'field') {
    field('Field', 'field', fields);
    field('Value', 'value');
    return form;
  }
  field('First value', 'left');
  field('Comparison', 'operator', comparisons);
  field('Second value', 'right');
  return form;
}

root.querySelector('[data-add]').addEventListener('click', () => {
  const kind = root.querySelector('[data-add-kind]').value;
  if (kind === 'condition')
    configure({ kind, left: '{{fetchedShorterloopReporter.segmentNames}}', operator: 'contains', right: '' });
  else if (kind === 'field') configure({ kind, field: 'status', value: '' });
  else if (kind === 'priority') configure({ kind, value: 'High' });
  else configure({ kind: 'action', key: kind, inputs: {} });
});

builder.addEventListener('submit', async (event) => {
  event.preventDefault();
  const to = root.querySelector('[data-rule-trigger]').value;
  const rule = {
    name: root.querySelector('[data-rule-name]').value,
    trigger: to === '' ? { kind: 'manual' } : { kind: 'transitioned', to: to === 'any' ? null : to },
    components,
  };
  window.forgeSandbox.emit('AUTOMATION_ACTION_VALIDATE_RULE_EVENT', { isValidating: true });
  const refused = await send('/__sandbox/rules', editing === null ? { rule } : { rule, id: editing });
  window.forgeSandbox.emit('AUTOMATION_ACTION_VALIDATE_RULE_EVENT', { isValidating: false });
  // The form of the first component that was not accepted is opened with what is wrong with it.
  for (const [place, invalid] of Object.entries(refused?.invalid ?? {}).slice(0, 1))
    configure(components[place], Number(place), invalid);
});

for (const item of root.querySelectorAll('[data-rule-id]')) {
  const { ruleId } = item.dataset;
  item
    .querySelector('[data-run]')
    .addEventListener('click', () => send('/__sandbox/rules/run', { ruleId, issueKey: issueKey() }));
  item.querySelector('[data-delete]').addEventListener('click', () => send('/__sandbox/rules/delete', { ruleId }));
  const enable = item.querySelector('[data-enable]');
  enable.addEventListener('click', () =>
    send('/__sandbox/rules/enable', { ruleId, isEnabled: enable.dataset.enable === 'on' }),
  );
  item.querySelector('[data-edit]').addEventListener('click', () => {
    const rule = rules.find(({ id }) => id === ruleId);
    editing = ruleId;
    components = structuredClone(rule.components);
    root.querySelector('[data-rule-name]').value = rule.name;
    root.querySelector('[data-rule-trigger]').value = rule.trigger.kind === 'manual' ? '' : (rule.trigger.to ?? 'any');
    root.querySelector('[data-builder-title]').textContent = `Edit ${rule.name}`;
    show();
  });
}

root
  .querySelector('[data-transition]')
  .addEventListener('click', () => send('/__sandbox/transition', { issueKey: issueKey(), to: status() }));
