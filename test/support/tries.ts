/**
 * How often a property is tried. A mutation run repeats every test for every change of the code: there a
 * twentieth has to do, and nobody reads which example is the smallest that fails.
 */
export function tries(numRuns: number): { readonly numRuns: number; readonly endOnFailure: boolean } {
  const isMutated = process.env['MUTATED_FOLDER'] !== undefined;
  return isMutated ? { numRuns: Math.ceil(numRuns / 20), endOnFailure: true } : { numRuns, endOnFailure: false };
}
