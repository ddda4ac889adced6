export { addReporter, getReporterSegments, moveReporter, removeReporter } from './actions';
export { actionFormResolver } from './form';
export { handleApiRequest } from './apiRequest';
export { processQueuedChanges } from './queue';
