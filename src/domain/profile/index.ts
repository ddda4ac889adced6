export * from './at';
export * from './learnList';
export * from './learnMemberId';
export * from './learnMembers';
export * from './learnPaging';
export * from './mask';
export * from './structure';
export * from './summarize';
