export { refreshPrecomputations } from './refresh';
export { reporterInSegment } from './reporterInSegment';
