import { pathWithin, showPath, watchPath } from './address';
import { emit, subscribe, unsubscribe } from './events';
import type { Frame } from './frames';
import { openModal } from './modal';
import { pathOfLocation } from './navigation';
import type { OperationContext, ProductHooks } from './operationContext';
import { functionAt, objectOf, propertyOf, textAt } from './values';

type Operation = (context: OperationContext, data: unknown) => unknown;

/** The operations by name. A map: a name from a page must not find what every object has. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['getContext', ({ frame }, data) => askHost(frame, 'getContext', data)],
  ['invoke', ({ frame }, data) => askHost(frame, 'invoke', data)],
  ['fetchProduct', ({ frame }, data) => askHost(frame, 'fetchProduct', data)],
  ['colorMode', ({ frame }) => frame.colorMode],
  ['showFlag', ({ hooks }, data) => through(hooks.onFlag, objectOf(data))],
  ['closeFlag', ({ hooks }, data) => through(hooks.onCloseFlag, textAt(data, 'id'))],
  ['refresh', ({ hooks }, data) => through(hooks.onRefresh, data)],
  ['submit', ({ frame, hooks }, data) => through(frame.onSubmit ?? hooks.onSubmit, data)],
  ['on', subscribeTo],
  ['onPublic', subscribeTo],
  ['off', (_context, data) => unsubscribe(propertyOf(data, 'subscription'))],
  ['emit', emitEvent],
  ['emitPublic', emitEvent],
  ['openModal', openModal],
  ['onClose', closeWith],
  ['close', closeFrame],
  ['navigate', ({ hooks }, data) => navigate(hooks, data)],
  ['getUrl', ({ hooks }, data) => urlOf(hooks, data)],
  ['openAddress', ({ frame }) => pathWithin(frame.moduleKey)],
  ['showAddress', ({ frame }, data) => showPath(frame.moduleKey, data)],
  ['watchAddress', watchAddress],
  ['goAddress', (_context, data) => window.history.go(Number(propertyOf(data, 'steps')))],
  ['reload', () => location.reload()],
  ['changeWindowTitle', changeWindowTitle],
  ['emitReadyEvent', () => undefined],
  ['getFrameId', ({ frame }) => frame.element.title],
  ['isRovoEnabled', () => false],
]);

/** Carries out one operation of the bridge. Rejects loudly for those that the sandbox does not model. */
export async function runOperation(context: OperationContext, op: string, data: unknown): Promise<unknown> {
  const operation = OPERATIONS.get(op);
  if (operation !== undefined) return operation(context, data);
  console.error(`sandbox: the bridge operation ${op} is not modelled`);
  throw new Error(`The sandbox does not model the bridge operation ${op}`);
}

function subscribeTo({ frame }: OperationContext, data: unknown): unknown {
  return subscribe(frame, textAt(data, 'event'), functionAt(data, 'callback'));
}

function emitEvent(_context: OperationContext, data: unknown): unknown {
  return emit(textAt(data, 'event'), propertyOf(data, 'payload'));
}

function closeWith({ frame }: OperationContext, data: unknown): boolean {
  if (typeof data !== 'function') return false;
  frame.onClose.push((payload) => void Reflect.apply(data, undefined, [payload]));
  return frame.close !== null;
}

function closeFrame({ frame }: OperationContext, data: unknown): boolean {
  if (frame.close === null) return false;
  frame.close(data);
  return true;
}

function watchAddress({ frame }: OperationContext, data: unknown): unknown {
  const arrive = functionAt(data, 'arrive');
  return watchPath(frame.moduleKey, (path) => void arrive(path));
}

function changeWindowTitle(_context: OperationContext, data: unknown): void {
  document.title = String(data);
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
