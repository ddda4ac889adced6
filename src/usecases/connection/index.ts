export * from './connection';
export * from './deadline';
export * from './fetchPace';
export * from './jiraBudget';
