export { refreshDirectory, refreshWhenDue } from './refresh';
