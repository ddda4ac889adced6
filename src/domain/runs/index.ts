export * from './batchSize';
export * from './run';
export * from './storageBudget';
