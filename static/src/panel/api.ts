import { makeInvoke } from '@forge/bridge';
import type { PanelDefinitions } from '@contract';

/** Calls the panel's functions, typed by the contract that their resolver is typed by. */
export const invoke = makeInvoke<PanelDefinitions>();
