export { ConnectionTab as default } from './ConnectionTab';
