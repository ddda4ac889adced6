export * from './apiClient';
export * from './conditions';
