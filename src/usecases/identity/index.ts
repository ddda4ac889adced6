export * from './summary';
export * from './wake';
