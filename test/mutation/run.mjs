// `npm run mutation`: changes the code in many small ways and counts how many of them a test notices.
// With --json one line for scripts.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';

ensureInstalled();
const asJson = process.argv.includes('--json');
const report = path.join(ROOT, 'reports', 'mutation.json');
// The report of an earlier run must not stand for this one.
rmSync(report, { force: true });
const { status } = spawnSync(process.execPath, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'test/mutation/stryker.config.mjs'], {
  cwd: ROOT,
  // Standard output is kept for the result.
  stdio: ['ignore', asJson ? 'ignore' : 'inherit', 'inherit'],
});
if (!existsSync(report)) {
  console.error('Nothing was measured: the tests must pass before the code is changed. Run npm test.');
  process.exit(1);
}
const { files } = JSON.parse(readFileSync(report, 'utf8'));
const mutants = Object.values(files).flatMap((file) => file.mutants);
const count = (state) => mutants.filter(({ status: known }) => known === state).length;
// A change that makes a test run for ever was noticed as well.
const [killed, timeout, survived, noCoverage] = ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map(count);
const total = killed + timeout + survived + noCoverage;
const score = Math.round(((killed + timeout) / total) * 10_000) / 100;
console.log(asJson ? JSON.stringify({ score, killed, survived, timeout, noCoverage }) : `mutation score ${score} % (${killed + timeout}/${total})`);
process.exit(status ?? 1);
