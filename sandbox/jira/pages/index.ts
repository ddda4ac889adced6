export type { ContextView } from './issuePage';
export { createPages, type AppModules, type JiraPages } from './handle';
export type { ModuleView } from './module';
export { BULK_PATH, globalMain, isBulkPath } from './globalPage';
