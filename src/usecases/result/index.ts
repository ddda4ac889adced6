export * from './handleRequest';
export * from './derivedUuid';
export * from './operationId';
export * from './log';
export * from './countFailure';
export * from './makeResolver';
