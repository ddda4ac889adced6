export { LedgerTab as default } from './LedgerTab';
