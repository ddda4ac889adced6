export * from './types';
export * from './dialect';
export { type Fault, type FaultRule } from './faults';
export { createSimulator } from './simulator';
export { serveSimulator, type RunningSimulator } from './server';
export { simulatorFetch } from './fetch';
export { bytesOf } from './bytes';
export * from './profile';
export * from './profiles';
