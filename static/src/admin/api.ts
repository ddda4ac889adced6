import { makeInvoke } from '@forge/bridge';
import type { AdminDefinitions } from '@contract';

/** Calls the admin page's functions, typed by the contract that their resolver is typed by. */
export const invoke = makeInvoke<AdminDefinitions>();
