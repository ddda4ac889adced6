export * from './settings';
export * from './access';
export * from './key';
export * from './links';
export * from './ledger';
export * from './leases';
export * from './pace';
export * from './together';
export type { Stamped } from './stamped';
