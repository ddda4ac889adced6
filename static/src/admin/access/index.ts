export { AccessTab as default } from './AccessTab';
