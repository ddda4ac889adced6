import { emit } from './events';
import { addFrame, allFrames, frameOf, removeFrame, tell, type Frame, type HostConfig } from './frames';
import type { ProductHooks } from './operationContext';
import { runOperation } from './operations';
import { withFunctions, type ColorMode, type FromApp } from './protocol';

// Runs in the product page: shows the app's pages and answers what they ask through the bridge.

/** What is shown and where: `extension` is what the product tells the page, such as `{issue: {id, key}}`. */
type Mount = {
  readonly moduleKey: string;
  readonly extension?: object;
  readonly colorMode?: ColorMode;
  readonly title?: string;
  /** Takes what the page submits by `view.submit()`. */
  readonly onSubmit?: (payload: unknown) => void;
};

type ForgeSandbox = ProductHooks & {
  /** Shows a module's page in a container. */
  readonly mount: (
    container: Element,
    what: Mount,
  ) => {
    readonly iframe: HTMLIFrameElement;
    readonly unmount: () => void;
  };
  /** Tells the app's pages of an event of the product's, such as `AUTOMATION_ACTION_SUBMIT`. */
  readonly emit: (event: string, payload?: unknown) => void;
  /** Changes the color mode of every page that is shown. */
  readonly setColorMode: (colorMode: ColorMode) => void;
};

declare global {
  /** Put before this script by the host. */
  var __forgeHost: HostConfig;
  interface Window {
    forgeSandbox: ForgeSandbox;
  }
}

const config = globalThis.__forgeHost;

function setColorMode(frame: Frame, colorMode: ColorMode): void {
  frame.colorMode = colorMode;
  tell(frame, config, { forge: 'colorMode', colorMode });
}

window.forgeSandbox = {
  mount: (container, { moduleKey, extension = {}, colorMode = 'light', title = moduleKey, onSubmit }) => {
    const page = config.pages[moduleKey];
    if (page === undefined) throw new Error(`The manifest has no page for module ${moduleKey}`);
    const frame = addFrame(
      container,
      config,
      { page, title },
      { moduleKey, extension, colorMode, close: null, ...(onSubmit === undefined ? {} : { onSubmit }) },
    );
    return {
      iframe: frame.element,
      unmount: () => removeFrame(frame),
    };
  },
  emit: (event, payload) => void emit(event, payload),
  setColorMode: (colorMode) => allFrames().forEach((frame) => setColorMode(frame, colorMode)),
};

addEventListener('message', ({ origin, source, data }: MessageEvent<FromApp>) => {
  const frame = frameOf(source);
  if (frame === undefined || origin !== config.uiOrigin) return;
  switch (data.forge) {
    case 'height':
      frame.element.style.height = `${data.heightPx}px`;
      return;
    case 'call': {
      const { id, op } = data;
      const argument = withFunctions(data.data, (reference, args) =>
        tell(frame, config, { forge: 'callback', reference, args }),
      );
      runOperation({ frame, config, hooks: window.forgeSandbox }, op, argument).then(
        (ok) => tell(frame, config, { forge: 'answer', id, ok }),
        (error: unknown) =>
          tell(frame, config, {
            forge: 'refused',
            id,
            message: error instanceof Error ? error.message : String(error),
          }),
      );
    }
  }
});
