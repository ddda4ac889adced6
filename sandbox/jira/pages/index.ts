export { ADMIN_DOOR, BULK_DOOR, SEARCH_DOOR, createPages, type AppModules, type JiraPages } from './handle';
export type { ContextView } from './issuePage';
export type { ModuleView } from './module';
export type { FirstStep } from './firstSteps';
export { BULK_PATH, globalMain, isBulkPath } from './globalPage';
export { BOARD_PATH } from './issuePage';
