export { PrivacyTab as default } from './PrivacyTab';
