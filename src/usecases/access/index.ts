export * from './actor';
export * from './authorize';
export * from './authorizeOnIssues';
