export * from './exportLinks';
export * from './findMembers';
export { checkImport, importLinks } from './importLinks';
export { linkReporter, reporter, unlinkReporter } from './lookup';
export * from './queue';
export { people, startScan, stepScan } from './scan';
