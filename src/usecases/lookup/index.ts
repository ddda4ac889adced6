export * from './readAffectedSegments';
export * from './findMembers';
export { identify, matchPerson, type Asked } from './identify';
export * from './memberIndex';
export * from './updateDirectory';
export * from './opening';
export * from './readSegmentOrGone';
export * from './readSegments';
export * from './subject';
