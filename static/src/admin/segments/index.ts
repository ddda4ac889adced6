export { SegmentsTab as default } from './SegmentsTab';
