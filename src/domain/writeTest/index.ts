export * from './steps';
export * from './compare';
export * from './forms';
export * from './encode';
