export * from './executeWrite';
export * from './manage';
export * from './openBatch';
export * from './performBatch';
export * from './readBack';
export * from './lease';
export * from './writeBatch';
export * from './writeMember';
