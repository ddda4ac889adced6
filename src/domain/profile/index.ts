export * from './at';
export * from './read';
export * from './pages';
