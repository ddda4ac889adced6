export { addReporter, getReporterSegments, moveReporter, removeReporter } from './actions';
export { actionFormResolver } from './form';
export { ruleHook } from './hook';
export { processQueuedChanges } from './queue';
