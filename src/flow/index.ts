export * from './answer';
export * from './connection';
export * from './readSegments';
export * from './write';
