// The integration tests once more, on the other side of everything that nobody knows of Forge. With --asked, only
// the files in which the Jest run before it asked for a reading, and those that it did not play: a file that asks
// for no reading on one side takes the same steps on the other. Without, all of them.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../sandbox/install.mjs';

const FOLDER = path.join(ROOT, 'test', 'integration');
const REPORT = path.join(ROOT, 'reports', 'jest.json');
const asked = process.argv.includes('--asked');
const all = readdirSync(FOLDER).filter((name) => name.endsWith('.test.ts'));
const chosen = asked ? all.filter(mayDiffer) : all;
console.log(`${chosen.length} of ${all.length} files ask for a reading`);
const jest = ['jest', '-c', 'test/readings/jest.config.cjs', '--forceExit'];
const report = ['--json', '--outputFile=reports/readings.json'];
const files = chosen.map((name) => path.posix.join('test/integration', name));
const { status } = spawnSync('npx', [...jest, ...report, '--runTestsByPath', ...files], {
  cwd: ROOT,
  stdio: ['ignore', 'inherit', 'inherit'],
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);

function mayDiffer(name) {
  return existsSync(path.join(ROOT, 'reports', 'readings', name)) || !played().has(name);
}

/** The names of the files that the Jest run played to their end. */
function played() {
  if (!existsSync(REPORT)) return new Set();
  const { testResults } = JSON.parse(readFileSync(REPORT, 'utf8'));
  const passed = testResults.filter(({ status }) => status === 'passed');
  return new Set(passed.map(({ name }) => path.basename(name)));
}
