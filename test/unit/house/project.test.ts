import { findingsOf, FOLDERS, sourcesOf } from '../../house/project';

describe('the code of the product and of its sandbox', () => {
  const findings = findingsOf(FOLDERS.map(sourcesOf));

  it('is found', () => {
    expect(findings.files).toBeGreaterThan(300);
  });

  it.each(['circles', 'longLines', 'longFunctions', 'crowdedFunctions'] as const)('has no %s', (measure) => {
    expect(findings[measure]).toEqual([]);
  });
});
