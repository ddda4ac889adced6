export { WhoMayUseIt } from './WhoMayUseIt';
