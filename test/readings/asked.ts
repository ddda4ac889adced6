import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readingsOf, type Readings } from '../../sandbox/forge/rules/readings';

/** A file for each test file that asked for a reading; {@link file://./run.mjs} plays those on the other side. */
const ASKED = path.join(__dirname, '../../reports/readings');

/**
 * The readings that FORGE_READINGS names. A test file in which one is asked for leaves a note: a file that asks
 * for none does the same on both sides.
 */
export function readingsOfRun(): Readings {
  return notingReadings(readingsOf(process.env['FORGE_READINGS']), noteTestFile);
}

/** The same readings; `note` is called whenever one of them is asked for. */
export function notingReadings(readings: Readings, note: () => void): Readings {
  return new Proxy(readings, {
    get(target, name, receiver): unknown {
      note();
      return Reflect.get(target, name, receiver);
    },
  });
}

function noteTestFile(): void {
  // Benchmarks and the fault suite use sites outside of Jest.
  if (process.env['JEST_WORKER_ID'] === undefined) return;
  const { testPath } = expect.getState();
  if (testPath === undefined) throw new Error('A reading was asked for outside of a test file');
  mkdirSync(ASKED, { recursive: true });
  writeFileSync(path.join(ASKED, path.basename(testPath)), '');
}
