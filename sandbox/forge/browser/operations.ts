import { pathWithin, showPath, watchPath } from './address';
import { emit, subscribe, unsubscribe } from './events';
import type { Frame, HostConfig } from './frames';
import { openModal } from './modal';
import { pathOfLocation } from './navigation';
import { functionAt, objectOf, propertyOf, textAt } from './values';

/** A flag as `showFlag` of @forge/bridge sends it: id, title, type, description, actions `[{text, onClick}]`. */
type Flag = object;

/** What the product page may do for the app; without a hook, the operation says that it failed. */
export type ProductHooks = {
  onFlag?: (flag: Flag) => void;
  onCloseFlag?: (id: string) => void;
  /** Called for `view.refresh()`. */
  onRefresh?: (payload: unknown) => void;
  /** Called for `view.submit()` of a page that was mounted without an `onSubmit` of its own. */
  onSubmit?: (payload: unknown) => void;
  /** The path of a location such as `{target: 'module', moduleKey}`, without what lies within it; null for one the product does not have. */
  urlOf?: (location: object) => string | null;
};

/** Who asks, and what answers. */
export type Asked = { readonly frame: Frame; readonly config: HostConfig; readonly hooks: ProductHooks };

/** Carries out one operation of the bridge. Rejects loudly for those that the sandbox does not model. */
export async function perform(asked: Asked, op: string, data: unknown): Promise<unknown> {
  const { frame, hooks } = asked;
  switch (op) {
    case 'getContext':
    case 'invoke':
    case 'fetchProduct':
      return askHost(frame, op, data);
    case 'colorMode':
      return frame.colorMode;
    case 'showFlag':
      return through(hooks.onFlag, objectOf(data));
    case 'closeFlag':
      return through(hooks.onCloseFlag, textAt(data, 'id'));
    case 'refresh':
      return through(hooks.onRefresh, data);
    case 'submit':
      return through(frame.onSubmit ?? hooks.onSubmit, data);
    case 'on':
    case 'onPublic':
      return subscribe(frame, textAt(data, 'event'), functionAt(data, 'callback'));
    case 'off':
      return unsubscribe(propertyOf(data, 'subscription'));
    case 'emit':
    case 'emitPublic':
      return emit(textAt(data, 'event'), propertyOf(data, 'payload'));
    case 'openModal':
      return openModal(asked, data);
    case 'onClose':
      if (typeof data !== 'function') return false;
      frame.onClose.push((payload) => void Reflect.apply(data, undefined, [payload]));
      return frame.close !== null;
    case 'close':
      if (frame.close === null) return false;
      frame.close(data);
      return true;
    case 'navigate':
      return navigate(hooks, data);
    case 'getUrl':
      return urlOf(hooks, data);
    case 'openAddress':
      return pathWithin(frame.moduleKey);
    case 'showAddress':
      return showPath(frame.moduleKey, data);
    case 'watchAddress': {
      const arrive = functionAt(data, 'arrive');
      return watchPath(frame.moduleKey, (path) => void arrive(path));
    }
    case 'goAddress':
      return window.history.go(Number(propertyOf(data, 'steps')));
    case 'reload':
      return location.reload();
    case 'changeWindowTitle':
      document.title = String(data);
      return undefined;
    case 'emitReadyEvent':
      return undefined;
    case 'getFrameId':
      return frame.element.title;
    case 'isRovoEnabled':
      return false;
    default:
      console.error(`sandbox: the bridge operation ${op} is not modelled`);
      throw new Error(`The sandbox does not model the bridge operation ${op}`);
  }
}

async function askHost({ moduleKey, extension, colorMode }: Frame, op: string, data: unknown): Promise<unknown> {
  const response = await fetch('/__forge/bridge', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ op, data, moduleKey, extension, colorMode }),
  });
  const answer: unknown = await response.json();
  const error = propertyOf(answer, 'error');
  if (typeof error === 'string') throw new Error(error);
  return propertyOf(answer, 'ok');
}

function through<T>(hook: ((value: T) => void) | undefined, value: T): boolean {
  hook?.(value);
  return hook !== undefined;
}

function urlOf(hooks: ProductHooks, where: unknown): string {
  const url = propertyOf(where, 'url');
  if (typeof url === 'string') return new URL(url, location.href).href;
  return new URL(pathOfLocation(hooks, where), location.href).href;
}

function navigate(hooks: ProductHooks, where: unknown): void {
  const url = urlOf(hooks, where);
  if (!/^https?:/.test(url)) throw new Error('Only http and https can be navigated to');
  if (propertyOf(where, 'type') === 'new-tab') window.open(url, '_blank', 'noopener');
  else location.assign(url);
}
