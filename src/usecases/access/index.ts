export * from './authorize';
export * from './authorizeOnIssues';
