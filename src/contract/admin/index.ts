import type { AccessDefinitions } from './access';
import type { CallersDefinitions } from './callers';
import type { ConnectionDefinitions } from './connection';

export type * from './access';
export type * from './callers';
export * from './connection';

/** Every function the admin page can invoke, by tab. Each one proves first that its caller administers Jira. */
export type AdminDefinitions = ConnectionDefinitions & AccessDefinitions & CallersDefinitions;
