export * from './about';
export * from './findMembers';
export * from './memberIndex';
export * from './noteSeen';
export * from './opening';
export * from './readSegments';
export * from './subject';
