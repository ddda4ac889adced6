export * from './access';
export * from './batchAccess';
export * from './projectAccess';
