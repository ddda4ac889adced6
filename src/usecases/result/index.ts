export * from './answer';
export * from './derivedUuid';
export * from './log';
export * from './countFailure';
