export { Linking } from './Linking';
export { WhoMayUseIt } from './WhoMayUseIt';
