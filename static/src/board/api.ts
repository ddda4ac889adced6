import { makeInvoke } from '@forge/bridge';
import type { BoardDefinitions } from '@contract';

/** Calls the board's functions, typed by the contract that their resolver is typed by. */
export const invoke = makeInvoke<BoardDefinitions>();
