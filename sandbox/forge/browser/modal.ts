import { addFrame, removeFrame } from './frames';
import type { OperationContext } from './operationContext';
import { functionAt, propertyOf } from './values';

const WIDTHS: Record<string, string> = {
  small: '400px',
  medium: '600px',
  large: '800px',
  xlarge: '968px',
  max: '100%',
  fullscreen: '100%',
};

/** Opens a page of the app in a dialog over the product page. Answers true when it is open. */
export function openModal({ frame: opener, config }: OperationContext, data: unknown): boolean {
  const resource = propertyOf(data, 'resource');
  const page = typeof resource === 'string' ? `${resource}/index.html` : config.pages[opener.moduleKey];
  if (page === undefined) return false;
  const onClose = functionAt(data, 'onClose');
  const titled = propertyOf(data, 'title');
  const title = typeof titled === 'string' ? titled : '';
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', title);
  const width = WIDTHS[String(propertyOf(data, 'size'))] ?? '600px';
  dialog.style.cssText = `border:0;border-radius:8px;padding:16px;width:min(100%, ${width})`;
  document.body.append(dialog);
  const close = (payload: unknown): void => {
    if (!dialog.isConnected) return;
    removeFrame(frame);
    dialog.remove();
    frame.onClose.forEach((listener) => listener(payload));
    onClose(payload);
  };
  const extension = { ...opener.extension, modal: propertyOf(data, 'context') };
  const frame = addFrame(
    dialog,
    config,
    { page, title },
    { moduleKey: opener.moduleKey, extension, colorMode: opener.colorMode, close },
  );
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (propertyOf(data, 'closeOnEscape') !== false) close(undefined);
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog && propertyOf(data, 'closeOnOverlayClick') !== false) close(undefined);
  });
  dialog.showModal();
  return true;
}
