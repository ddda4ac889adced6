export * from './access';
export * from './answer';
export * from './connection';
export * from './log';
export * from './readSegments';
export * from './turn';
export * from './write';
