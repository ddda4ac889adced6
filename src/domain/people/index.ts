export * from './reporter';
export * from './email';
export * from './members';
export * from './identity';
export * from './match';
export * from './directory';
export * from './roster';
export * from './sync';
