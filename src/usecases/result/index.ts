export * from './handleRequest';
export * from './derivedUuid';
export * from './log';
export * from './countFailure';
export * from './makeResolver';
