export { fillField, fillFieldWhenDue } from './fillField';
export { reporterSegments } from './valueFunction';
