export * from './access';
export * from './batchAccess';
export * from './group';
export * from './projectAccess';
