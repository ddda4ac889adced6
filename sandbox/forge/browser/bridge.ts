import { createHistory } from './history';
import { withReferences, type ColorMode, type FromApp, type ToApp } from './protocol';

// Runs in the app's page before the app, where Forge puts its own bridge script: the functions of
// @forge/bridge end in `globalThis.__bridge.callBridge`.

declare global {
  var __bridge: { callBridge: (op: string, data?: unknown) => Promise<unknown> };
  /** The origins of the product page, put before this script by the host. */
  var __forgeProductOrigins: readonly string[];
}

const productOrigin = [...location.ancestorOrigins, new URL(document.referrer || location.href).origin].find((origin) =>
  globalThis.__forgeProductOrigins.includes(origin),
);

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };
const waiting = new Map<number, Waiting>();
const callbacks = new Map<number, (...args: unknown[]) => unknown>();
let lastNumber = 0;
const nextNumber = (): number => (lastNumber += 1);

function post(message: FromApp): void {
  if (productOrigin === undefined) throw new Error('This page works only inside the product page of the sandbox');
  parent.postMessage(message, productOrigin);
}

function ask(op: string, data?: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const id = nextNumber();
    waiting.set(id, { resolve, reject });
    const keep = (callback: (...args: unknown[]) => unknown): number => {
      const reference = nextNumber();
      callbacks.set(reference, callback);
      return reference;
    };
    post({ forge: 'call', id, op, data: withReferences(data, keep) });
  });
}

function showTheme(colorMode: ColorMode): void {
  document.documentElement.dataset['colorMode'] = colorMode;
  document.documentElement.dataset['theme'] = 'light:light dark:dark spacing:spacing typography:typography shape:shape';
}

let themed = false;

/** Links the tokens as a stylesheet of the page's own origin: the manifest allows no inline styles. */
async function enableTheming(): Promise<void> {
  const colorMode = await ask('colorMode');
  if (!themed) {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = '/__forge/theme.css';
    const loaded = new Promise<unknown>((resolve) => {
      link.onload = resolve;
      link.onerror = resolve;
    });
    document.head.prepend(link);
    await loaded;
  }
  themed = true;
  showTheme(colorMode === 'dark' ? 'dark' : 'light');
}

async function subscribe(op: 'on' | 'onPublic', data: unknown): Promise<object> {
  const subscription = await ask(op, data);
  return { unsubscribe: () => void ask('off', { subscription }) };
}

async function openHistory(): Promise<object> {
  const start = await ask('openAddress');
  return createHistory({
    start: String(start),
    show: (how, path) => void ask('showAddress', { how, path }),
    go: (steps) => void ask('goAddress', { steps }),
    onArrive: (arrive) => void ask('watchAddress', { arrive: (path: unknown) => arrive(String(path)) }),
  });
}

globalThis.__bridge = {
  callBridge: (op, data) => {
    switch (op) {
      case 'enableTheming':
        return enableTheming();
      case 'on':
      case 'onPublic':
        return subscribe(op, data);
      case 'createHistory':
        return openHistory();
      default:
        return ask(op, data);
    }
  },
};

addEventListener('message', ({ origin, source, data }: MessageEvent<ToApp>) => {
  if (source !== parent || origin !== productOrigin) return;
  switch (data.forge) {
    case 'answer':
      waiting.get(data.id)?.resolve(data.ok);
      waiting.delete(data.id);
      return;
    case 'refused':
      waiting.get(data.id)?.reject(new Error(data.message));
      waiting.delete(data.id);
      return;
    case 'callback':
      callbacks.get(data.reference)?.(...data.args);
      return;
    case 'colorMode':
      if (themed) showTheme(data.colorMode);
  }
});

/**
 * Where the lowest content ends. The boxes of html and body don't tell: style sheets often make them
 * as high as the window, and then a page could grow but never shrink.
 */
function contentHeightPx(): number {
  const { marginBottom, paddingBottom } = getComputedStyle(document.body);
  const ends = [...document.body.children].map((child) => {
    const { top, height } = child.getBoundingClientRect();
    const style = getComputedStyle(child);
    // What is fixed is as high as the window: counting it would let both grow without end.
    if (height === 0 || style.position === 'fixed') return 0;
    return top + scrollY + Math.max(height, child.scrollHeight) + parseFloat(style.marginBottom);
  });
  return Math.ceil(Math.max(0, ...ends) + parseFloat(paddingBottom) + parseFloat(marginBottom));
}

/** Tells the product page how high the content is: Forge sizes a panel without viewportSize by it. */
function reportHeight(): void {
  let reportedPx = -1;
  const measure = (): void => {
    const heightPx = contentHeightPx();
    if (heightPx === reportedPx) return;
    reportedPx = heightPx;
    post({ forge: 'height', heightPx });
  };
  const resizes = new ResizeObserver(measure);
  resizes.observe(document.body);
  for (const child of document.body.children) resizes.observe(child);
  // A menu that hangs over the end of the page changes no box of the body.
  new MutationObserver(() => requestAnimationFrame(measure)).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
  });
  measure();
}

if (productOrigin !== undefined) {
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', reportHeight);
  else reportHeight();
}
