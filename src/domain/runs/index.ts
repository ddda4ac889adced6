export * from './answerClaim';
export * from './batchSize';
export * from './brake';
export * from './maskJql';
export * from './run';
export * from './storageBudget';
