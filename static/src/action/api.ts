import { makeInvoke } from '@forge/bridge';
import type { ActionFormDefinitions } from '../../../src/contract';

/** Calls the form's functions, typed by the contract that their resolver is typed by. */
export const invoke = makeInvoke<ActionFormDefinitions>();
