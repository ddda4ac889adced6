export * from './types';
export {
  faultRuleSchema,
  faultSchema,
  type ActiveFault,
  type Fault,
  type FaultRule,
  type FaultSwitchboard,
} from './faults';
export type { RouteName } from './routeName';
export { createSimulator } from './simulator';
export { serveSimulator, type RunningSimulator } from './server';
export { simulatorFetch } from './fetch';
