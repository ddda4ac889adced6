import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from '../../support/chance';

const TESTS = path.join(__dirname, '../..');

/** The files of the tests that ask this package, by their path below `test`. */
function askers(source: string): string[] {
  return readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => readFileSync(path.join(TESTS, name), 'utf8').includes(source))
    .sort();
}

describe('what chance chooses', () => {
  it('is the same in every run that names no seed, and another one under another seed', () => {
    const sample = (seed?: number) => fc.sample(fc.nat(), seed === undefined ? 20 : { numRuns: 20, seed });
    expect(sample()).toEqual(sample());
    expect(sample(1)).not.toEqual(sample(2));
    expect(fc.readConfigureGlobal().seed).toBe(Number(process.env['PROPERTY_SEED'] ?? 20_261_128));
  });

  it('is asked for in one place', () => {
    const own = path.join('unit', 'project', 'chance.test.ts');
    expect(askers("from 'fast-check'").filter((name) => name !== own)).toEqual([path.join('support', 'chance.ts')]);
  });
});
