export { ApiClientsTab as default } from './ApiClientsTab';
