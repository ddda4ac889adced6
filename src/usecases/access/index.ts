export * from './issueAccess';
export * from './anywhereAccess';
export * from './group';
export * from './projectAccess';
