export { HealthTab as default } from './HealthTab';
