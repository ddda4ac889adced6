import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readingsOf, type Readings } from '../../sandbox/forge/rules/readings';

/** A file for each test file that asked for a reading; {@link file://./run.mjs} plays those on the other side. */
const ASKED = path.join(__dirname, '../../reports/readings');
/**
 * Readings of which a function of the app makes the same answer, whichever side it met: the keys that a batch read
 * leaves out are read one by one (`readAll`), and whoever is refused as a key is taken looks at what stands there,
 * whatever the code (`setOnce`, which alone sets an entity's row so). Both are played both ways in
 * test/integration/storage-answers.test.ts. Nothing above those functions can differ, so that asking for one is no
 * reason to play a file again.
 */
const SETTLED: ReadonlySet<PropertyKey> = new Set<keyof Readings>(['missingInBatchRead', 'takenEntityKey']);
/** The files that have their note: a test asks some hundred times. */
const noted = new Set<string>();

/**
 * The readings that FORGE_READINGS names. A test file in which one is asked for leaves a note: a file that asks
 * for none does the same on both sides.
 */
export function readingsOfRun(): Readings {
  return notingReadings(readingsOf(process.env['FORGE_READINGS']), noteTestFile);
}

/** The same readings; `note` is called whenever one of them is asked for that may change what the app does. */
export function notingReadings(readings: Readings, note: () => void): Readings {
  return new Proxy(readings, {
    get(target, name, receiver): unknown {
      if (!SETTLED.has(name)) note();
      return Reflect.get(target, name, receiver);
    },
  });
}

function noteTestFile(): void {
  // Benchmarks and the fault suite use sites outside of Jest.
  if (process.env['JEST_WORKER_ID'] === undefined) return;
  const { testPath } = expect.getState();
  if (testPath === undefined) throw new Error('A reading was asked for outside of a test file');
  if (noted.has(testPath)) return;
  noted.add(testPath);
  mkdirSync(ASKED, { recursive: true });
  writeFileSync(path.join(ASKED, path.basename(testPath)), '');
}
