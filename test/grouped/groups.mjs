// Test files in groups: the files of a group are played in one Jest module registry, one after the other, so that the
// app, the sandbox and the SDK are loaded once for all of them, as in a warm function process, and not once for each.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../sandbox/install.mjs';

/** Small enough that the last groups of a run end at about the same time. */
const FILES_IN_A_GROUP = { unit: 60, integration: 8 };

/** Every file of a folder of tests, as paths from the project's folder. */
export function testFilesIn(folder) {
  return readdirSync(path.join(ROOT, folder), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .sort();
}

/**
 * Writes one test file for each group of the files into `folder`, and takes away what stood there. Neighbours by name
 * are apart: they are often of one kind, and as slow as each other.
 */
export function writeGroups(folder, kind, files) {
  const target = path.join(ROOT, folder);
  rmSync(path.join(target, kind), { recursive: true, force: true });
  mkdirSync(path.join(target, kind), { recursive: true });
  const count = Math.ceil(files.length / FILES_IN_A_GROUP[kind]);
  for (let nth = 0; nth < count; nth += 1) {
    const group = files.filter((_file, place) => place % count === nth);
    writeFileSync(path.join(target, kind, `${nth}.test.ts`), group.map(sourceOf).join('\n'));
  }
}

/** A file's tests below its own name. What asks Jest for the test file is told that one, not the group's. */
function sourceOf(file) {
  const testPath = JSON.stringify(path.join(ROOT, file));
  return `describe(${JSON.stringify(file)}, () => {
  expect.setState({ testPath: ${testPath} });
  beforeAll(() => expect.setState({ testPath: ${testPath} }));
  require(${testPath});
});
`;
}
