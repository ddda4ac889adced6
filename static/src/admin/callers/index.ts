export { CallersTab as default } from './CallersTab';
