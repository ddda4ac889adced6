import type { ColorMode, ToApp } from './protocol';

/** One of the app's pages inside the product page. */
export type Frame = {
  readonly element: HTMLIFrameElement;
  readonly moduleKey: string;
  readonly extension: object;
  colorMode: ColorMode;
  /** Closes the modal that this page is in; null for a page that is in none. */
  readonly close: ((payload: unknown) => void) | null;
  /** Takes what this page submits; without it the product page's own hook does. */
  readonly onSubmit?: (payload: unknown) => void;
  /** Functions the page wants called when its modal closes. */
  readonly onClose: ((payload: unknown) => void)[];
};

/** What the host tells the product page of the app. */
export type HostConfig = { readonly uiOrigin: string; readonly pages: Readonly<Record<string, string>> };

const frames = new Set<Frame>();

/** The pages that are shown now. */
export function allFrames(): readonly Frame[] {
  return [...frames];
}

/** The page that a message came from, undefined when it is none of the app's. */
export function frameOf(source: MessageEventSource | null): Frame | undefined {
  return allFrames().find(({ element }) => element.contentWindow === source);
}

/** Sends to a page of the app. */
export function tell(frame: Frame, config: HostConfig, message: ToApp): void {
  frame.element.contentWindow?.postMessage(message, config.uiOrigin);
}

/** Shows a page of the app in a container. */
export function addFrame(
  container: Element,
  config: HostConfig,
  { page, title }: { readonly page: string; readonly title: string },
  rest: Omit<Frame, 'element' | 'onClose'>,
): Frame {
  const element = document.createElement('iframe');
  element.title = title;
  element.style.cssText = 'border:0;width:100%;display:block;height:150px';
  element.src = `${config.uiOrigin}/${page}`;
  const frame: Frame = { ...rest, element, onClose: [] };
  frames.add(frame);
  container.append(element);
  return frame;
}

/** Takes a page away. */
export function removeFrame(frame: Frame): void {
  frames.delete(frame);
  frame.element.remove();
}
