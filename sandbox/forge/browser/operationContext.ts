import type { Frame, HostConfig } from './frames';

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
  /**
   * The path of a location such as `{target: 'module', moduleKey}`, without what lies within it; null for one
   * the product does not have.
   */
  urlOf?: (location: object) => string | null;
};

/** What an operation of the bridge has at hand: the page that asks, and what can answer. */
export type OperationContext = { readonly frame: Frame; readonly config: HostConfig; readonly hooks: ProductHooks };
