// The integration tests once more, on the other side of everything that nobody knows of Forge. With --asked, only
// the files in which the Jest run before it asked for a reading, and those that it did not play: a file that asks
// for no reading on one side takes the same steps on the other. Without, all of them.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../sandbox/install.mjs';
import { testFilesIn, writeGroups } from '../grouped/groups.mjs';

const REPORT = path.join(ROOT, 'reports', 'jest.json');
const asked = process.argv.includes('--asked');
const all = testFilesIn('test/integration');
const chosen = asked ? all.filter(mayDiffer(played())) : all;
console.log(`${chosen.length} of ${all.length} files ask for a reading`);
writeGroups('reports/groups/b', 'integration', chosen);
const report = ['--json', '--outputFile=reports/readings.json'];
const { status } = spawnSync('npx', ['jest', '-c', 'test/readings/jest.config.cjs', '--forceExit', ...report], {
  cwd: ROOT,
  stdio: ['ignore', 'inherit', 'inherit'],
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);

function mayDiffer(alike) {
  return (file) => existsSync(path.join(ROOT, 'reports', 'readings', path.basename(file))) || !alike.has(file);
}

/** The files that the Jest run played to their end: each stands above its tests (groups.mjs). */
function played() {
  if (!existsSync(REPORT)) return new Set();
  const { testResults } = JSON.parse(readFileSync(REPORT, 'utf8'));
  const passed = testResults.filter(({ status }) => status === 'passed');
  return new Set(passed.flatMap(({ assertionResults }) => assertionResults.map(({ ancestorTitles: [file] }) => file)));
}
