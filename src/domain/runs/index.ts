export * from './batchSize';
export * from './maskJql';
export * from './run';
export * from './storageBudget';
