/**
 * Stands in for `@atlaskit/platform-feature-flags` and `@atlaskit/feature-gate-js-client` (see vite.config.mts):
 * the names that Atlaskit's components import, each answering what the originals answer without a client.
 */

/** Every flag is off. */
export function fg(): boolean {
  return false;
}

/** The older name of {@link fg}. */
export const getBooleanFF = fg;

/** There is no resolver to set: flags are off. */
export function setBooleanFeatureFlagResolver(): void {
  // Nothing to set.
}

const featureGates = {
  initializeCalled: () => false,
  initializeCompleted: () => false,
  checkGate: () => false,
  getExperimentValue: <T>(_experiment: string, _parameter: string, defaultValue: T): T => defaultValue,
};

export default featureGates;
