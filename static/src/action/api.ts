import { makeInvoke } from '@forge/bridge';
import type { ActionFormDefinitions } from '@contract';

/** Calls the form's functions, typed by the contract that their resolver is typed by. */
export const invoke = makeInvoke<ActionFormDefinitions>();
