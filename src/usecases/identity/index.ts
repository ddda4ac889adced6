export * from './wake';
