import { makeInvoke } from '@forge/bridge';
import type { BulkDefinitions } from '@contract';

/** Calls the bulk page's functions, typed by the contract that their resolver is typed by. */
export const invoke = makeInvoke<BulkDefinitions>();
