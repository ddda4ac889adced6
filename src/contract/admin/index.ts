import type { AccessDefinitions } from './access';
import type { CallersDefinitions } from './callers';
import type { ConnectionDefinitions } from './connection';
import type { PeopleDefinitions } from './people';

export type * from './access';
export type * from './callers';
export * from './connection';
export * from './people';

/** Every function the admin page can invoke, by tab. Each one proves first that its caller administers Jira. */
export type AdminDefinitions = ConnectionDefinitions & PeopleDefinitions & AccessDefinitions & CallersDefinitions;
