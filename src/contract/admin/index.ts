import type { AccessDefinitions } from './access';
import type { ApiClientDefinitions } from './apiClients';
import type { CheckDefinitions } from './check';
import type { ConnectionDefinitions } from './connection';
import type { DirectoryDefinitions } from './directory';
import type { FieldDefinitions } from './field';
import type { HealthDefinitions } from './health';
import type { HintDefinitions } from './hint';
import type { LedgerDefinitions } from './ledger';
import type { PanelsDefinitions } from './panels';
import type { PeopleDefinitions } from './people';
import type { PrivacyDefinitions } from './privacy';
import type { SegmentsDefinitions } from './segments';
import type { SyncDefinitions } from './sync';
import type { WriteTestDefinitions } from './writeTest';

export * from './access';
export type * from './apiClients';
export * from './check';
export * from './connection';
export type * from './directory';
export type * from './field';
export * from './health';
export type * from './hint';
export type * from './ladder';
export * from './ledger';
export * from './panels';
export * from './people';
export type * from './privacy';
export * from './ruleFailures';
export type * from './segments';
export * from './supportReport';
export * from './sync';
export * from './writeTest';

/** Every function the admin page can invoke, by tab. Each one proves first that its caller administers Jira. */
export type AdminDefinitions = ConnectionDefinitions &
  CheckDefinitions &
  WriteTestDefinitions &
  PeopleDefinitions &
  SyncDefinitions &
  DirectoryDefinitions &
  FieldDefinitions &
  PanelsDefinitions &
  SegmentsDefinitions &
  AccessDefinitions &
  ApiClientDefinitions &
  LedgerDefinitions &
  HealthDefinitions &
  HintDefinitions &
  PrivacyDefinitions;
