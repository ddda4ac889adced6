/**
 * The browser side of the sandbox's Jira pages: the sandbox bar, the app's modules and its flags.
 * Modules are mounted by the Forge host's script, `/__forge/host.js`; see sandbox/forge/browser/product.ts.
 */
const root = document.documentElement;
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const host = () => window.forgeSandbox;
const year = 60 * 60 * 24 * 365;
const AUTO_DISMISS_MS = 8000;

/** Where the viewer's last choice about issue contexts is. */
const CONTEXT_OPEN = 'sandbox-context-open';

/** How to take away each flag that is shown, by its id. */
const flags = new Map();

function remember(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`;
}

export function colorMode() {
  const theme = root.dataset.colorMode;
  if (theme !== 'auto') return theme;
  return prefersDark.matches ? 'dark' : 'light';
}

/** Tells every page of the app, those in an open dialog included. */
function tellColorMode() {
  host()?.setColorMode(colorMode());
}

const choosers = {
  issue(value) {
    if (value !== '') location.assign(`/browse/${encodeURIComponent(value)}`);
  },
  account(value) {
    remember('sandbox-account', value);
    location.reload();
  },
  locale(value) {
    remember('sandbox-locale', value);
    location.reload();
  },
  theme(value) {
    remember('sandbox-theme', value);
    root.dataset.colorMode = value;
    tellColorMode();
  },
  width(value) {
    remember('sandbox-panel-width', value);
    root.dataset.panelWidth = value;
  },
};

function listenToSandboxBar() {
  for (const select of document.querySelectorAll('[data-sandbox]')) {
    select.addEventListener('change', () => choosers[select.dataset.sandbox](select.value));
  }
  prefersDark.addEventListener('change', tellColorMode);
}

function listenToPanelToggle() {
  for (const button of document.querySelectorAll('.panel__toggle')) {
    button.addEventListener('click', () => {
      const open = button.getAttribute('aria-expanded') !== 'true';
      button.setAttribute('aria-expanded', String(open));
      document.getElementById(button.getAttribute('aria-controls')).hidden = !open;
    });
  }
}

/** What the app says on the line of its issue context: a badge or a lozenge. */
async function tellStatus(context) {
  const { moduleKey, extension } = context.querySelector('[data-module-key]').dataset;
  const response = await fetch('/__forge/dynamic-properties', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ moduleKey, extension: JSON.parse(extension) }),
  });
  const { ok } = await response.json();
  const status = context.querySelector('[data-context-status]');
  status.textContent = ok?.status?.value.label ?? '';
  status.dataset.type = ok?.status?.type ?? '';
}

/** Opens and closes issue contexts: the app's page is asked for when one is opened first, its status while closed. */
function listenToContexts() {
  for (const context of document.querySelectorAll('.context')) {
    const button = context.querySelector('.context__toggle');
    const room = context.querySelector('[data-module-key]');
    const show = (open) => {
      button.setAttribute('aria-expanded', String(open));
      document.getElementById(button.getAttribute('aria-controls')).hidden = !open;
      if (open && room.querySelector('iframe') === null) mountModule(room);
      if (!open) void tellStatus(context).catch(() => undefined);
    };
    button.addEventListener('click', () => {
      const open = button.getAttribute('aria-expanded') !== 'true';
      localStorage.setItem(CONTEXT_OPEN, String(open));
      show(open);
    });
    show(localStorage.getItem(CONTEXT_OPEN) === 'true');
  }
}

function mountModule(container) {
  if (host() === undefined) {
    container.querySelector('.module__waiting').textContent =
      'The Forge host is not running, so there is no app to show.';
    return;
  }
  const { moduleKey, moduleTitle, extension } = container.dataset;
  container.replaceChildren();
  mountIn(container, { moduleKey, title: moduleTitle, extension: JSON.parse(extension) });
}

/** Shows a page of the app in the page's color mode; answers how to take it away. */
export function mountIn(container, what) {
  const handle = host().mount(container, { ...what, colorMode: colorMode() });
  return () => handle.unmount();
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Shows a flag as Jira does, bottom left. Its texts come from the app and are only ever text. */
function showFlag({ id, title, description, type = 'info', isAutoDismiss = false, actions = [] }) {
  flags.get(id)?.();
  const box = element('div', `flag flag--${['info', 'success', 'warning', 'error'].includes(type) ? type : 'info'}`);
  const close = () => {
    box.remove();
    flags.delete(id);
  };
  const head = element('p', 'flag__title', title);
  const dismiss = element('button', 'flag__close', '×');
  dismiss.type = 'button';
  dismiss.setAttribute('aria-label', 'Dismiss');
  dismiss.addEventListener('click', close);
  box.append(head, dismiss);
  if (description) box.append(element('p', 'flag__text', description));
  for (const { text, onClick } of actions) {
    const button = element('button', 'flag__action', text);
    button.type = 'button';
    button.addEventListener('click', () => onClick?.());
    box.append(button);
  }
  document.querySelector('[data-flags]').append(box);
  flags.set(id, close);
  if (isAutoDismiss) setTimeout(close, AUTO_DISMISS_MS);
}

/** Where a module of the app has a page of its own; null for one without, and for one of a project or space. */
function urlOf({ target, moduleKey, projectKey, spaceKey }) {
  if (target !== 'module' || projectKey !== undefined || spaceKey !== undefined) return null;
  return new Map(Object.entries(JSON.parse(root.dataset.modulePaths))).get(moduleKey) ?? null;
}

/** Whoever has read it does not want to see the card on every page. */
function listenToFirstSteps() {
  for (const button of document.querySelectorAll('[data-first-steps-close]')) {
    button.addEventListener('click', () => {
      remember('sandbox-first-steps', 'read');
      button.closest('[data-first-steps]').remove();
    });
  }
}

listenToSandboxBar();
listenToFirstSteps();
listenToPanelToggle();
if (host() !== undefined) Object.assign(host(), { onFlag: showFlag, onCloseFlag: (id) => flags.get(id)?.(), urlOf });
listenToContexts();
for (const container of document.querySelectorAll('[data-module-key]:not(.context *)')) {
  try {
    mountModule(container);
  } catch (error) {
    container.replaceChildren(element('p', 'module__waiting', `The app could not be shown: ${error.message}`));
  }
}
